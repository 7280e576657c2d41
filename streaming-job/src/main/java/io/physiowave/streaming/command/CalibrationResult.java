package io.physiowave.streaming.command;

import io.physiowave.core.calibration.StreamCalibration;
import io.physiowave.core.calibration.StreamCalibrationJson;
import io.physiowave.core.card.ModelCard;
import io.physiowave.streaming.calibrate.CalibrationTopic;
import io.physiowave.streaming.calibrate.HeldWindows;
import io.physiowave.streaming.calibrate.PromptNames;
import io.physiowave.streaming.model.FlinkFileSystems;
import io.physiowave.streaming.model.ModelFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of commands that make a calibration: for which model, and what becomes of it. */
final class CalibrationResult {
  @Option(
      names = "--model",
      defaultValue = "models/emg-gestures.onnx",
      paramLabel = "<file>",
      description = "The model, as the job serves it; default ${DEFAULT-VALUE}.")
  private String model;

  @Option(
      names = "--names",
      split = ",",
      paramLabel = "<label=name>",
      description = "What to call labels; default: as the model's card does.")
  private Map<String, String> names = new LinkedHashMap<>();

  @Option(
      names = "--output",
      paramLabel = "<file>",
      description = "Write the calibration here, too, for 'calibrate apply'.")
  private Path output;

  @Option(names = "--dry-run", description = "Do not publish it.")
  private boolean dryRun;

  ModelCard card() throws IOException {
    FlinkFileSystems.loadPlugins(System.getenv());
    return ModelFile.read(model).served().card();
  }

  PromptNames names(ModelCard card) {
    return new PromptNames(card, names);
  }

  /** Makes the calibration, says how well it fits, and hands it on. */
  void conclude(HeldWindows windows, PromptNames called, CalibrationTarget target)
      throws IOException {
    PrintWriter out = target.out();
    windows.counts().forEach((label, count) -> out.println(row(called.of(label), count)));
    if (windows.bad() > 0) {
      out.println(windows.bad() + " windows are left out: their signal is bad");
    }
    StreamCalibration calibration = windows.calibration(target.stream(), Instant.now());
    windows
        .rightByOtherRounds()
        .ifPresent(
            right ->
                out.printf(
                    Locale.ROOT,
                    "told apart right by what the other rounds teach, without the model: %.0f %%%n",
                    100 * right));
    if (output != null) {
      Files.writeString(output, StreamCalibrationJson.writeIndented(calibration));
      out.println("written to " + output);
    }
    if (!dryRun) {
      publish(calibration, target);
    }
  }

  /** Finds out before anybody makes an effort that the result could not be kept or published. */
  void requireUseful(CalibrationTarget target) throws IOException {
    if (output != null) {
      boolean isNew = Files.notExists(output);
      Files.newOutputStream(output, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
      if (isNew) {
        Files.delete(output);
      }
    }
    if (!dryRun) {
      target.connect().close();
    }
  }

  /** Publishes and says so. */
  static void publish(StreamCalibration calibration, CalibrationTarget target) {
    try (CalibrationTopic topic = target.connect()) {
      topic.publish(calibration);
    }
    target
        .out()
        .println(
            calibration.model()
                + " now answers "
                + calibration.stream()
                + " with calibration "
                + StreamCalibrationJson.id(calibration));
  }

  private static String row(String name, int count) {
    return String.format(Locale.ROOT, "%-20s %3d windows", name, count);
  }
}
