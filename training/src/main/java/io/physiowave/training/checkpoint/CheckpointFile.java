package io.physiowave.training.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.physiowave.training.model.ModelConfigJson;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Checkpoints as files. The format is a zip archive of {@code checkpoint.json} (format version and
 * model configuration), {@code weights.safetensors} and one entry {@code sections/NAME} per
 * section, none of them compressed.
 */
public final class CheckpointFile {
  /** The usual ending of a file's name. */
  public static final String EXTENSION = ".pwck";

  private static final String MODEL = "model";
  private static final String FORMAT = "physiowave-checkpoint";

  private CheckpointFile() {}

  /** Replaces a file whole: a crash or a full disk leaves the former one. */
  public static void write(Path file, Checkpoint checkpoint) throws IOException {
    ObjectNode header = CheckpointArchive.header(FORMAT);
    header.set(MODEL, ModelConfigJson.writeTree(checkpoint.config()));
    CheckpointArchive.write(file, header, checkpoint.weights(), checkpoint.sections());
  }

  /**
   * Reads a checkpoint of this project, or a {@code .pth} file with the configuration that its
   * arguments and shapes give.
   *
   * @throws CheckpointFormatException if it is neither, or is damaged
   * @throws IOException if it cannot be read
   */
  public static Checkpoint read(Path file) throws IOException {
    if (TorchArchive.isOne(file)) {
      PublishedCheckpoint published = PublishedCheckpoint.read(file);
      return new Checkpoint(PublishedConfig.of(file, published), published.weights());
    }
    CheckpointArchive archive = CheckpointArchive.read(file, FORMAT);
    try {
      return new Checkpoint(
          ModelConfigJson.readTree(archive.header().path(MODEL)),
          archive.weights(),
          archive.sections());
    } catch (IllegalArgumentException refused) {
      throw new CheckpointFormatException(file + ": " + refused.getMessage(), refused);
    }
  }
}
