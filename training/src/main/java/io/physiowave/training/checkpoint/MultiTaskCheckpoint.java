package io.physiowave.training.checkpoint;

import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.MultiTaskConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model of several tasks on disk.
 *
 * @param config of its encoder
 * @param tasks its heads
 * @param weights under the names of {@link io.physiowave.training.model.MultiTaskModel}
 * @param sections what the writer keeps with it
 */
public record MultiTaskCheckpoint(
    ModelConfig config, MultiTaskConfig tasks, ModelWeights weights, Map<String, byte[]> sections) {

  /** Copies the map. */
  public MultiTaskCheckpoint {
    sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
  }
}
