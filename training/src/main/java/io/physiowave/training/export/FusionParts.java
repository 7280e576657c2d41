package io.physiowave.training.export;

import io.physiowave.training.model.HeadConfig;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a {@link io.physiowave.training.model.FusedModel} is made of, as plain values.
 *
 * @param signals encoders in order, by the name of their signal
 * @param head put on each of them
 * @param weights of the heads and the shares, under the names that the model gives them
 */
public record FusionParts(Map<String, Signal> signals, HeadConfig head, ModelWeights weights) {

  /** Copies the map. */
  public FusionParts {
    signals = Collections.unmodifiableMap(new LinkedHashMap<>(signals));
  }

  /**
   * One signal's encoder.
   *
   * @param time samples of its windows
   */
  public record Signal(ModelConfig config, ModelWeights weights, int time) {}

  /** The share of each signal in the mixed logits; they add up to one. */
  Map<String, Float> shares() {
    float[] values = weights.get("modality_weights").values();
    double largest = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    double sum = 0;
    for (float value : values) {
      sum += Math.exp(value - largest);
    }
    Map<String, Float> shares = new LinkedHashMap<>();
    for (String name : signals.keySet()) {
      shares.put(name, (float) (Math.exp(values[shares.size()] - largest) / sum));
    }
    return shares;
  }

  /** Width of all pooled features side by side. */
  int embeddingWidth() {
    return signals.values().stream().mapToInt(signal -> signal.config().embedDim()).sum();
  }
}
