package io.physiowave.training.prepare;

import io.physiowave.connectors.command.ProjectVersion;
import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import io.physiowave.connectors.recording.formats.RecordingFormats;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.window.StreamWindower;
import io.physiowave.core.window.WindowPlan;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.dataset.DatasetDescriptionJson;
import io.physiowave.training.dataset.RandomSeeds;
import io.physiowave.training.run.AtomicFile;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Windows without labels of any recordings that can be read, for pretraining: a directory of WFDB
 * records of any data set, divided by record.
 */
public final class WfdbPreparation {
  /** Name of such data sets in descriptions. */
  public static final String NAME = "wfdb";

  private final PrepareOptions options;
  private final List<String> channels;
  private final Windowing.Sliding windowing;
  private final String unit;
  private final Modality modality;
  private final WindowScaling scaling;
  private final double validationShare;
  private final long seed;
  private final Consumer<String> log;

  /**
   * Takes the options.
   *
   * @param channels names of the rows in order; a record that lacks one is passed over
   * @param hop samples between windows
   * @param unit of the windows: V, mV or uV
   * @param modality kind of signal
   * @param scaling of each channel of each window
   * @param validationShare share of the records, drawn by the seed, of the part {@code val}, unless
   *     the options name them
   * @param log takes one line at a time for the user
   */
  public WfdbPreparation(
      PrepareOptions options,
      List<String> channels,
      int hop,
      String unit,
      Modality modality,
      WindowScaling scaling,
      double validationShare,
      long seed,
      Consumer<String> log) {
    if (!(validationShare >= 0 && validationShare < 1)) {
      throw new IllegalArgumentException(
          "val_split_ratio is " + validationShare + "; expected 0 to below 1");
    }
    this.options = options;
    this.channels = List.copyOf(channels);
    this.windowing = new Windowing.Sliding(options.windowSamples(), hop);
    this.unit = unit;
    this.modality = modality;
    this.scaling = scaling;
    this.validationShare = validationShare;
    this.seed = seed;
    this.log = log;
  }

  /**
   * Reads the records and writes the files and their description.
   *
   * @throws IOException if a record is damaged, none has the channels, or a file cannot be written
   */
  public DatasetDescription run() throws IOException {
    List<RecordingSource> sources =
        RecordingFormats.list(options.input(), RecordingOptions.DEFAULT);
    int rows = channels.size();
    try (PreparedParts parts =
        new PreparedParts(options.outputDirectory(), rows, options.windowSamples(), List.of())) {
      int used = 0;
      for (RecordingSource source : sources) {
        used += cut(source, parts) ? 1 : 0;
      }
      if (parts.names().isEmpty()) {
        throw new IOException(
            options.input()
                + ": none of "
                + sources.size()
                + " records gave a window; expected records with the channels "
                + channels
                + " and at least "
                + options.windowSamples() / options.sampleRateHz()
                + " s");
      }
      Map<String, DatasetDescription.Part> files = parts.finish();
      parts.names().forEach(part -> log.accept(parts.summary(part)));
      log.accept(used + " of " + sources.size() + " records used");
      DatasetDescription description = describe(files);
      AtomicFile.write(
          options.outputDirectory().resolve(DatasetDescription.FILE_NAME),
          DatasetDescriptionJson.write(description));
      return description;
    }
  }

  private String part(String record) {
    if (!options.validation().isEmpty() || !options.test().isEmpty()) {
      return options.partOf(record);
    }
    // By the record's own name, so that adding records moves no other one.
    double place = RandomSeeds.generator(seed, record.hashCode()).nextDouble();
    return place < validationShare ? "val" : "train";
  }

  private boolean cut(RecordingSource source, PreparedParts parts) throws IOException {
    try (Recording recording = source.open()) {
      List<String> names = recording.channels().stream().map(RecordingChannel::name).toList();
      if (!names.containsAll(channels)) {
        log.accept("record " + source.name() + ": passed over, its channels are " + names);
        return false;
      }
      String part = part(source.name());
      RecordingCutter.cut(
          recording,
          new StreamWindower(plan(recording, names), 0),
          window -> {
            float[] values = window.input();
            int length = options.windowSamples();
            for (int row = 0; row < channels.size(); row++) {
              scaling.apply(values, row * length, (row + 1) * length);
            }
            parts.append(part, source.name(), values);
          });
      return true;
    }
  }

  private WindowPlan plan(Recording recording, List<String> names) {
    return WindowPlan.of(
        windowing,
        options.sampleRateHz(),
        unit,
        rows(),
        options.filters(),
        modality,
        recording.sampleRateHz(),
        names,
        recording.channels().get(0).unit());
  }

  private List<ModelChannel> rows() {
    return channels.stream().map(ModelChannel::named).toList();
  }

  private DatasetDescription describe(Map<String, DatasetDescription.Part> files)
      throws IOException {
    return new DatasetDescription(
        DatasetDescription.SCHEMA,
        NAME,
        DatasetDescription.PRETRAINING,
        modality,
        List.of(),
        rows(),
        unit,
        options.sampleRateHz(),
        windowing,
        options.filters(),
        0,
        new DatasetDescription.Source(
            options.input().getFileName().toString(),
            "see its publisher",
            SourceHashes.of(options.input())),
        "by record, drawn with seed " + seed + "; the records of each part are listed with it",
        files,
        options.configuration(),
        seed,
        ProjectVersion.current(),
        LocalDate.now(ZoneOffset.UTC).toString());
  }
}
