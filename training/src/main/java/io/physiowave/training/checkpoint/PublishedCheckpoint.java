package io.physiowave.training.checkpoint;

import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.WeightTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@code .pth} file as the published PhysioWave scripts, or a plain {@code torch.save} of a state
 * dict, write it. Reading executes nothing that the file names.
 *
 * @param weights the model's parameters; the prefix {@code module.} of data-parallel training is
 *     taken off
 * @param arguments the script's arguments under {@code args}, plain values only; empty when there
 *     are none
 * @param figures the other plain values at the top and under {@code metrics}: the epoch, losses,
 *     accuracies
 */
public record PublishedCheckpoint(
    ModelWeights weights, Map<String, Object> arguments, Map<String, Object> figures) {
  private static final List<String> STATE_KEYS = List.of("model_state_dict", "state_dict", "model");
  private static final String PARALLEL = "module.";

  /**
   * Reads a file.
   *
   * @throws CheckpointFormatException if it is not such a file or is damaged
   * @throws IOException if it cannot be read
   */
  public static PublishedCheckpoint read(Path file) throws IOException {
    try (TorchArchive archive = TorchArchive.open(file)) {
      if (!(archive.value() instanceof Map<?, ?> root)) {
        throw new CheckpointFormatException(
            file + ": holds no dictionary; expected a state dict or a checkpoint with one");
      }
      Map<String, Object> figures = PlainValues.scalars(root);
      if (root.get("metrics") instanceof Map<?, ?> metrics) {
        figures.putAll(PlainValues.scalars(metrics));
      }
      return new PublishedCheckpoint(
          weights(file, archive, stateOf(root)), arguments(root.get("args")), figures);
    }
  }

  private static Map<?, ?> stateOf(Map<?, ?> root) {
    for (String key : STATE_KEYS) {
      if (root.get(key) instanceof Map<?, ?> state) {
        return state;
      }
    }
    return root;
  }

  private static ModelWeights weights(Path file, TorchArchive archive, Map<?, ?> state)
      throws IOException {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    boolean parallel =
        !state.isEmpty()
            && state.keySet().stream()
                .allMatch(key -> key instanceof String name && name.startsWith(PARALLEL));
    for (Map.Entry<?, ?> entry : state.entrySet()) {
      if (entry.getKey() instanceof String name
          && entry.getValue() instanceof TensorReference tensor) {
        tensors.put(
            parallel ? name.substring(PARALLEL.length()) : name, archive.tensor(name, tensor));
      }
    }
    if (tensors.isEmpty()) {
      throw new CheckpointFormatException(
          file
              + ": no tensors found; expected a state dict at the top or under one of "
              + STATE_KEYS);
    }
    return ModelWeights.of(tensors);
  }

  private static Map<String, Object> arguments(Object pickled) {
    Map<?, ?> values =
        pickled instanceof PickledObject object
            ? object.attributes()
            : pickled instanceof Map<?, ?> map ? map : Map.of();
    return PlainValues.of(values);
  }
}
