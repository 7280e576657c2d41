package io.physiowave.training.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a model as plain values, under the names of the published state dict (for
 * example {@code encoder.blocks.0.attn.qkv.weight}), in the published order.
 */
public final class ModelWeights {
  private final Map<String, WeightTensor> tensors;

  private ModelWeights(Map<String, WeightTensor> tensors) {
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /** Keeps the order of the given map. */
  public static ModelWeights of(Map<String, WeightTensor> tensors) {
    return new ModelWeights(tensors);
  }

  /** All tensors by name; unmodifiable. */
  public Map<String, WeightTensor> tensors() {
    return tensors;
  }

  /** All names in order; unmodifiable. */
  public Set<String> names() {
    return tensors.keySet();
  }

  /**
   * One tensor.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public WeightTensor get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no weights named '" + name + "' among " + tensors.size() + " parameters"));
  }

  /** One tensor, if there is one of that name. */
  public Optional<WeightTensor> find(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  /** Those whose names begin with a prefix, under the rest of their names. */
  public ModelWeights behind(String prefix) {
    Map<String, WeightTensor> own = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            own.put(name.substring(prefix.length()), tensor);
          }
        });
    return new ModelWeights(own);
  }

  /** The same weights with one of them replaced or added at the end. */
  public ModelWeights with(String name, WeightTensor tensor) {
    Map<String, WeightTensor> copy = new LinkedHashMap<>(tensors);
    copy.put(name, tensor);
    return new ModelWeights(copy);
  }

  /** How many numbers the tensors hold together. */
  public long valueCount() {
    return tensors.values().stream().mapToLong(tensor -> tensor.values().length).sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelWeights weights && tensors.equals(weights.tensors);
  }

  @Override
  public int hashCode() {
    return tensors.hashCode();
  }

  @Override
  public String toString() {
    return "ModelWeights[" + tensors.size() + " parameters, " + valueCount() + " values]";
  }
}
