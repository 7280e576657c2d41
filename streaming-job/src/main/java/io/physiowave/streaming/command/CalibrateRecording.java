package io.physiowave.streaming.command;

import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import io.physiowave.connectors.recording.formats.RecordingFormats;
import io.physiowave.core.card.ModelCard;
import io.physiowave.streaming.calibrate.HeldWindows;
import io.physiowave.streaming.calibrate.MarkedRecordings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code physiowave calibrate recording}. */
@Command(
    name = "recording",
    description = "Learns from recordings of the wearer in which it is marked what was done.")
final class CalibrateRecording implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CalibrationTarget target;
  @Mixin private CalibrationResult result;

  @Parameters(
      paramLabel = "<recording>",
      description = "A UCI EMG text file, a WFDB record, or a zip file or directory of these.")
  private Path path;

  @Option(
      names = "--subject",
      paramLabel = "<name>",
      description = "Whose of several: a subject such as 03, or a recording's name.")
  private Optional<String> subject = Optional.empty();

  @Option(
      names = "--rounds",
      defaultValue = "2",
      paramLabel = "<n>",
      description = "The first so many times of each label are taken; default ${DEFAULT-VALUE}.")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    if (rounds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--rounds is " + rounds + "; expected 1 or more");
    }
    ModelCard card = result.card();
    RecordingOptions options =
        subject
            .map(RecordingOptions.DEFAULT::withSubject)
            .orElse(RecordingOptions.DEFAULT)
            .withModality(card.modality());
    List<RecordingSource> sources = RecordingFormats.list(path, options);
    HeldWindows windows = new MarkedRecordings(card, rounds).read(sources);
    result.conclude(windows, result.names(card), target);
    return 0;
  }
}
