package io.physiowave.quickstart.command;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.quickstart.gateway.Gateway;
import io.physiowave.quickstart.observe.LabelObserver;
import io.physiowave.quickstart.report.BeatFiles;
import io.physiowave.quickstart.report.DemoReport;
import io.physiowave.quickstart.report.LabelFile;
import io.physiowave.quickstart.report.StreamReport;
import io.physiowave.quickstart.report.Tallies;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Gathers what the job says, and at the end writes all that the user asked for. */
final class Outcome implements LabelObserver, AutoCloseable {
  private final DemoOptions options;
  private final Tallies tallies = new Tallies();
  private final BeatFiles beats = new BeatFiles();
  private final Optional<LabelFile> labelFile;

  /** Opens the file of labels, if there is to be one. */
  Outcome(DemoOptions options) throws IOException {
    this.options = options;
    this.labelFile =
        options.labelsOut().isPresent()
            ? Optional.of(LabelFile.create(options.labelsOut().get()))
            : Optional.empty();
  }

  /** What cannot be written at the end is said before the run, not after it. */
  static void requireWritable(DemoOptions options) throws IOException {
    if (options.report().isPresent()) {
      Path file = options.report().get();
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (Files.isDirectory(file)) {
        throw new IllegalArgumentException("--report " + file + " is a directory; expected a file");
      }
      requireWritable("--report", Files.exists(file) ? file : file.toAbsolutePath().getParent());
    }
    if (options.annotationsOut().isPresent()) {
      Path directory = options.annotationsOut().get();
      if (Files.exists(directory) && !Files.isDirectory(directory)) {
        throw new IllegalArgumentException(
            "--annotations-out " + directory + " is a file; expected a directory");
      }
      requireWritable("--annotations-out", Files.createDirectories(directory));
    }
  }

  private static void requireWritable(String flag, Path path) {
    if (!Files.isWritable(path)) {
      throw new IllegalArgumentException(flag + ": " + path + " may not be written to");
    }
  }

  /** The counts so far. */
  Tallies tallies() {
    return tallies;
  }

  @Override
  public void onLabel(LabelEvent event, long appendMillis) throws IOException {
    tallies.onLabel(event, appendMillis);
    if (options.annotationsOut().isPresent()) {
      beats.onLabel(event, appendMillis);
    }
    if (labelFile.isPresent()) {
      labelFile.get().onLabel(event, appendMillis);
    }
  }

  @Override
  public void onRejection(String stream, String reason) {
    tallies.onRejection(stream, reason);
  }

  /**
   * Writes summary, report and annotations. Call it when no more labels come.
   *
   * @param unread frames that the job had not taken in, by stream
   * @throws DemoFailedException when the job refused every frame of a stream
   */
  void conclude(List<Gateway> gateways, Map<String, Long> unread, PrintWriter out)
      throws IOException {
    List<StreamReport> streams = new ArrayList<>();
    Map<String, String> agreements = new HashMap<>();
    for (Gateway gateway : gateways) {
      String stream = gateway.stream();
      streams.add(
          tallies.report(
              stream, gateway.modality(), gateway.framesSent(), unread.getOrDefault(stream, 0L)));
      // Recorded beats are compared by the standard's rules: that is what 'score' is for.
      if (options.recorded().isEmpty() || gateway.modality() != Modality.ECG) {
        agreements.put(
            stream, tallies.agreement(stream, gateway.truth(), gateway.sampleRateHz()).toString());
      }
    }
    DemoReport report = new DemoReport(timeToFirstLabelSeconds(), streams);
    SummaryText.write(out, report, agreements);
    if (options.report().isPresent()) {
      report.write(options.report().get());
    }
    if (options.annotationsOut().isPresent()) {
      writeBeats(gateways, options.annotationsOut().get());
    }
    requireAcceptance(report);
  }

  private void writeBeats(List<Gateway> gateways, Path directory) throws IOException {
    for (Gateway gateway : gateways) {
      if (beats.hasBeats(gateway.stream()) || gateway.modality() == Modality.ECG) {
        beats.write(directory, gateway.stream(), gateway.sampleRateHz());
      }
    }
  }

  /** A run in which the job refused every frame of a stream has failed, and says why. */
  private void requireAcceptance(DemoReport report) {
    for (StreamReport stream : report.streams()) {
      if (stream.framesSent() > 0 && stream.framesRejected() == stream.framesSent()) {
        throw new DemoFailedException(
            stream.stream()
                + ": every frame was refused: "
                + tallies.commonestRejection(stream.stream()));
      }
    }
  }

  private Double timeToFirstLabelSeconds() {
    OptionalLong first = tallies.firstLabelMillis();
    long start = ManagementFactory.getRuntimeMXBean().getStartTime();
    return first.isPresent() ? (first.getAsLong() - start) / 1000.0 : null;
  }

  /** Completes the file of labels. */
  @Override
  public void close() throws IOException {
    if (labelFile.isPresent()) {
      labelFile.get().close();
    }
  }
}
