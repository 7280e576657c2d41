package io.physiowave.training.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.physiowave.training.model.HeadConfig;
import io.physiowave.training.model.ModelConfigJson;
import io.physiowave.training.model.MultiTaskConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Models of several tasks as files: the container of {@link CheckpointFile}, whose {@code
 * checkpoint.json} names the format {@code physiowave-multi-task-checkpoint} and holds the
 * encoder's {@code model}, {@code shared_dim} and {@code shared_dropout} of the layer that all
 * tasks share, and {@code tasks}, a list in order of {@code name}, {@code task}, {@code outputs},
 * {@code hidden_dim}, {@code dropout} and {@code pooling}.
 */
public final class MultiTaskCheckpointFile {
  static final String FORMAT = "physiowave-multi-task-checkpoint";

  private MultiTaskCheckpointFile() {}

  /** Whether a file is a model of several tasks. */
  public static boolean isOne(Path file) throws IOException {
    return !TorchArchive.isOne(file) && CheckpointArchive.format(file).equals(FORMAT);
  }

  /** Replaces a file whole. */
  public static void write(Path file, MultiTaskCheckpoint checkpoint) throws IOException {
    ObjectNode header = CheckpointArchive.header(FORMAT);
    header.set("model", ModelConfigJson.writeTree(checkpoint.config()));
    header.put("shared_dim", checkpoint.tasks().sharedDim());
    header.put("shared_dropout", checkpoint.tasks().dropout());
    checkpoint
        .tasks()
        .tasks()
        .forEach(
            (name, head) ->
                HeadConfigJson.write(
                    head, header.withArray("/tasks").addObject().put("name", name)));
    CheckpointArchive.write(file, header, checkpoint.weights(), checkpoint.sections());
  }

  /**
   * Reads a model of several tasks.
   *
   * @throws CheckpointFormatException if it is something else, or is damaged
   * @throws IOException if it cannot be read
   */
  public static MultiTaskCheckpoint read(Path file) throws IOException {
    CheckpointArchive archive = CheckpointArchive.read(file, FORMAT);
    try {
      JsonNode header = archive.header();
      Map<String, HeadConfig> tasks = new LinkedHashMap<>();
      for (JsonNode task : header.path("tasks")) {
        tasks.put(task.path("name").asText(), HeadConfigJson.read(task));
      }
      return new MultiTaskCheckpoint(
          ModelConfigJson.readTree(header.path("model")),
          new MultiTaskConfig(
              tasks, header.path("shared_dim").asInt(), header.path("shared_dropout").asDouble()),
          archive.weights(),
          archive.sections());
    } catch (IllegalArgumentException refused) {
      throw new CheckpointFormatException(file + ": " + refused.getMessage(), refused);
    }
  }
}
