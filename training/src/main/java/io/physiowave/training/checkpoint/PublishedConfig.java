package io.physiowave.training.checkpoint;

import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelConfigJson;
import io.physiowave.training.model.WeightShapes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The configuration of a published checkpoint. */
public final class PublishedConfig {
  private PublishedConfig() {}

  /**
   * Takes what the weights' shapes tell, the arguments for the rest, and the published defaults for
   * what neither has.
   *
   * @param file named in messages
   * @throws CheckpointFormatException if the arguments and shapes give no valid configuration
   */
  public static ModelConfig of(Path file, PublishedCheckpoint checkpoint)
      throws CheckpointFormatException {
    return of(file, checkpoint, Map.of());
  }

  /**
   * As {@link #of(Path, PublishedCheckpoint)}, with fields that are known better.
   *
   * @param known by published name, such as {@code num_heads}, which no shape tells
   */
  public static ModelConfig of(Path file, PublishedCheckpoint checkpoint, Map<String, Object> known)
      throws CheckpointFormatException {
    try {
      Map<String, Object> arguments = new LinkedHashMap<>(checkpoint.arguments());
      arguments.putAll(known);
      return ModelConfigJson.ofArguments(WeightShapes.complete(arguments, checkpoint.weights()));
    } catch (IllegalArgumentException refused) {
      throw new CheckpointFormatException(file + ": " + refused.getMessage(), refused);
    }
  }
}
