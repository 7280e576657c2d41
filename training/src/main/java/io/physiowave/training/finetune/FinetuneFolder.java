package io.physiowave.training.finetune;

import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.measure.OutputTask;
import io.physiowave.training.measure.TaskFigures;
import io.physiowave.training.report.HistoryFiles;
import io.physiowave.training.report.HtmlReport;
import io.physiowave.training.run.TrainingHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The output folder of a fine-tuning and the names in it. */
final class FinetuneFolder {
  private final Path path;

  /** Makes the folder if need be. */
  FinetuneFolder(Path path) throws IOException {
    this.path = Files.createDirectories(path);
  }

  Path path() {
    return path;
  }

  /** The weights of the best epoch. */
  Path best() {
    return path.resolve("best_model" + CheckpointFile.EXTENSION);
  }

  /** The latest state, to go on from. */
  Path latest() {
    return path.resolve("latest_model" + CheckpointFile.EXTENSION);
  }

  /**
   * Takes away what an earlier run in this folder said of its best weights, which are about to be
   * replaced: an export would put its figures and its decision on the card of the new ones.
   */
  void forgetReport() throws IOException {
    Files.deleteIfExists(path.resolve(TrainingRun.FILE_NAME));
  }

  /** Replaces history, curves and page after an epoch. */
  void writeProgress(FinetuneOptions options, TrainingHistory history, TaskFigures validation)
      throws IOException {
    HistoryFiles.write(history, path);
    HtmlReport page =
        new HtmlReport(
                "Fine-tuning: " + path.getFileName(),
                "After epoch " + history.epochs() + " of " + options.epochs() + ".")
            .withCurves(history);
    for (int i = 0; i < validation.tasks().size(); i++) {
      OutputTask task = validation.tasks().get(i);
      page.withFigures(
          task.of("validation, latest epoch"), validation.figures().get(i), task.labels());
    }
    page.withEpochs(history).withOptions(options.configuration()).write(path);
  }
}
