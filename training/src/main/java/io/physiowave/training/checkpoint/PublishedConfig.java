package io.physiowave.training.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelConfigJson;
import io.physiowave.training.model.WeightShapes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configuration of a published checkpoint. */
public final class PublishedConfig {
  private static final String WAVELETS = "wavelet_names";
  private static final Map<String, String> PUBLISHED_ALIASES =
      Map.of("patch", "patch_size", "hidden", "head_hidden_dim", "task_type", "task");

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
   * @param known by published name, such as {@code num_heads}, which no shape tells; names of
   *     wavelets are separated by commas
   * @throws CheckpointFormatException also for a field that is unknown, or that shapes contradict
   */
  public static ModelConfig of(Path file, PublishedCheckpoint checkpoint, Map<String, String> known)
      throws CheckpointFormatException {
    try {
      Map<String, Object> arguments = new LinkedHashMap<>(checkpoint.arguments());
      known.forEach(
          (name, value) ->
              arguments.put(
                  name, name.equals(WAVELETS) ? List.of(value.split("\\s*,\\s*")) : value));
      ModelConfig config =
          ModelConfigJson.ofArguments(WeightShapes.complete(arguments, checkpoint.weights()));
      known.forEach((name, value) -> requireTaken(name, value, ModelConfigJson.writeTree(config)));
      return config;
    } catch (IllegalArgumentException refused) {
      throw new CheckpointFormatException(file + ": " + refused.getMessage(), refused);
    }
  }

  /** What is asked for and not taken would go unnoticed. */
  private static void requireTaken(String name, String value, JsonNode config) {
    String field = PUBLISHED_ALIASES.getOrDefault(name, name);
    if (!config.has(field)) {
      List<String> fields = new ArrayList<>();
      config.fieldNames().forEachRemaining(fields::add);
      throw new IllegalArgumentException(
          "'" + name + "' is no argument of a model; expected one of " + fields);
    }
    JsonNode taken = config.get(field);
    boolean same =
        taken.isNumber()
            ? taken.asText().equals(value) || taken.asDouble() == number(value)
            : taken.isArray()
                ? List.of(value.split("\\s*,\\s*")).equals(texts(taken))
                : taken.asText().equalsIgnoreCase(value);
    if (!same) {
      throw new IllegalArgumentException(
          name
              + " is asked to be "
              + value
              + ", but the shapes of the weights give "
              + (taken.isArray() ? texts(taken) : taken.asText()));
    }
  }

  private static double number(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException text) {
      return Double.NaN;
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
