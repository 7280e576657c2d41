package io.physiowave.training.report;

import io.physiowave.training.run.AtomicFile;
import io.physiowave.training.run.TrainingHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * Writes a training history into an output folder: JSON, CSV, scalars for TensorBoard, and pictures
 * of its curves.
 */
public final class HistoryFiles {
  private HistoryFiles() {}

  /** Replaces the files; an epoch must have passed. */
  public static void write(TrainingHistory history, Path folder) throws IOException {
    AtomicFile.write(folder.resolve("training_history.json"), history.toJson());
    AtomicFile.write(folder.resolve("training_history.csv"), history.toCsv());
    ScalarEvents.add(history, folder, Instant.now());
    for (Map.Entry<String, byte[]> picture : HistoryCurves.pictures(history).entrySet()) {
      AtomicFile.write(
          folder.resolve(picture.getKey() + ".png"), out -> out.write(picture.getValue()));
    }
  }
}
