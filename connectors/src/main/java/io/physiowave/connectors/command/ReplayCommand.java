package io.physiowave.connectors.command;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.formats.RecordingFormats;
import io.physiowave.core.frame.Modality;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code physiowave replay}: plays a recording as frames. */
@Command(
    name = "replay",
    description = "Plays a recording as frames, into Kafka or to a gateway.",
    footer = {
      "",
      "Examples:",
      "  physiowave replay mitdb/208 --speed 10",
      "  physiowave replay mitdb/208 --gateway http://localhost:8090",
      "  physiowave replay EMG_data_for_gestures-master.zip --subject 3/1_raw_data --speed max"
    })
public final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RECORDING",
      description =
          "A WFDB record, a directory of records, a UCI EMG text file, or a zip file of these.")
  private Path path;

  @Option(
      names = "--subject",
      paramLabel = "NAME",
      description = "Which of several recordings: a subject such as 03, or a recording's name.")
  private Optional<String> subject = Optional.empty();

  @Option(
      names = "--channels",
      paramLabel = "NAME",
      split = ",",
      description = "Channels to send, in this order (default: all).")
  private List<String> channels = List.of();

  @Option(
      names = "--modality",
      paramLabel = "KIND",
      description = "ECG, EMG or EEG, where the recording does not say it.")
  private Optional<Modality> modality = Optional.empty();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Seconds of signal after which to end (default: all).")
  private Double seconds;

  @Option(names = "--ignore-checksums", description = "Play records whose checksums are wrong.")
  private boolean ignoreChecksums;

  @Mixin private ReplaySettings settings;

  @Mixin private FrameDestination destination;

  /** Runs the command and ends the Java machine with its exit code. */
  public static void main(String[] arguments) {
    CommandLogging.configure(ReplayCommand.class);
    System.exit(CommandRunner.run(new ReplayCommand(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    requireUsable();
    RecordingOptions options =
        new RecordingOptions(
            RecordingOptions.DEFAULT.annotator(), subject, modality, !ignoreChecksums);
    try (Recording recording = RecordingFormats.open(path, options)) {
      OptionalLong samples = samples(recording.sampleRateHz());
      ReplayRun.run(
          recording,
          settings.replay(recording.name(), channels, samples),
          destination,
          spec.commandLine().getOut());
    }
    return CommandRunner.SUCCESS;
  }

  private void requireUsable() {
    // The comma alone is no channel, and no channel would mean all.
    if (channels.isEmpty() && spec.commandLine().getParseResult().hasMatchedOption("--channels")) {
      throw new ParameterException(
          spec.commandLine(), "--channels names none; expected names separated by commas");
    }
    if (seconds != null && !(seconds > 0)) {
      throw new ParameterException(
          spec.commandLine(), "--seconds is " + seconds + "; expected a number above 0");
    }
  }

  /** At least one, however short the time. */
  private OptionalLong samples(double rateHz) {
    return seconds == null
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(1, Math.round(seconds * rateHz)));
  }
}
