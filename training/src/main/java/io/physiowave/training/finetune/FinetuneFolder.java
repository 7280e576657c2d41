package io.physiowave.training.finetune;

import io.physiowave.training.checkpoint.CheckpointFile;
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
}
