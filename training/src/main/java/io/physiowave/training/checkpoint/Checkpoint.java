package io.physiowave.training.checkpoint;

import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A model on disk.
 *
 * @param config its shape and choices
 * @param weights its parameters
 * @param sections whatever else its writer keeps with it, by name, such as the optimizer's state;
 *     the arrays are shared: treat them as read-only
 */
public record Checkpoint(ModelConfig config, ModelWeights weights, Map<String, byte[]> sections) {
  /** Copies the map and checks the names of the sections. */
  public Checkpoint {
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(weights, "weights");
    sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
    for (String name : sections.keySet()) {
      if (!name.matches("[A-Za-z0-9._-]+")) {
        throw new IllegalArgumentException(
            "checkpoint section '"
                + name
                + "': a name is made of letters, digits, dots, dashes and underscores");
      }
    }
  }

  /** A checkpoint without sections. */
  public Checkpoint(ModelConfig config, ModelWeights weights) {
    this(config, weights, Map.of());
  }
}
