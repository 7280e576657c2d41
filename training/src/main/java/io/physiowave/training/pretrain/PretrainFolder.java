package io.physiowave.training.pretrain;

import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.report.HistoryFiles;
import io.physiowave.training.report.HtmlReport;
import io.physiowave.training.run.TrainingHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The output folder of a pretraining and the names in it. */
final class PretrainFolder {
  private final Path path;

  /** Makes the folder if need be. */
  PretrainFolder(Path path) throws IOException {
    this.path = Files.createDirectories(path);
  }

  /** The weights of the best epoch. */
  Path best() {
    return file("best_checkpoint");
  }

  /** The latest state, to go on from. */
  Path latest() {
    return file("latest_checkpoint");
  }

  /**
   * The weights of an epoch that are kept.
   *
   * @param epoch counted from 1
   */
  Path kept(int epoch) {
    return file("checkpoint_epoch_" + epoch);
  }

  private Path file(String name) {
    return path.resolve(name + CheckpointFile.EXTENSION);
  }

  /** Replaces history, curves and page after an epoch. */
  void writeProgress(PretrainOptions options, TrainingHistory history) throws IOException {
    HistoryFiles.write(history, path);
    new HtmlReport(
            "Pretraining: " + path.getFileName(),
            "After epoch " + history.epochs() + " of " + options.epochs() + ".")
        .withCurves(history)
        .withEpochs(history)
        .withOptions(options.configuration())
        .write(path);
  }
}
