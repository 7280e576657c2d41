package io.physiowave.training.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/**
 * Parameters in libtorch with what every model offers on them. Owns their native memory until
 * {@link #close}, whatever {@link PointerScope} it was made in.
 */
public abstract class TorchModel implements AutoCloseable {
  static {
    CpuThreads.chooseForMatrices();
  }

  private final PointerScope memory;
  private final Module module;
  private final Map<String, Tensor> parameters;

  /** Makes the module in a scope of its own. */
  TorchModel(Supplier<? extends Module> maker) {
    try (PointerScope scope = new PointerScope()) {
      module = maker.get();
      parameters = Collections.unmodifiableMap(Parameters.named(module));
      memory = scope.extend();
    }
  }

  final Module module() {
    return module;
  }

  /** Switches dropout on (while training) or off (while evaluating). */
  public void train(boolean training) {
    module.train(training);
  }

  /** Whether dropout is on. */
  public final boolean isTraining() {
    return module.is_training();
  }

  /**
   * Parameters by their published name, for example {@code encoder.blocks.0.attn.qkv.weight}, in
   * the published order. The tensors are the model's own: valid until {@link #close}, also beyond
   * {@link #to}.
   */
  public final Map<String, Tensor> parameters() {
    return parameters;
  }

  /** Those of {@link #parameters} that are trained: all but fixed tables and what is frozen. */
  public final Map<String, Tensor> trainedParameters() {
    Map<String, Tensor> trained = new LinkedHashMap<>();
    parameters.forEach(
        (name, values) -> {
          if (values.requires_grad()) {
            trained.put(name, values);
          }
        });
    return trained;
  }

  /** Moves the parameters; gradients and optimizers made before keep pointing at them. */
  public void to(Device device) {
    module.to(device, false);
  }

  /** A copy of all parameters as plain values. */
  public final ModelWeights weights() {
    return Parameters.read(parameters);
  }

  /**
   * Takes over all parameters.
   *
   * @throws IllegalArgumentException naming the parameters that are missing, unknown or of another
   *     size; nothing has changed then
   */
  public final void load(ModelWeights weights) {
    WeightMatch match = match(weights);
    if (!match.isComplete()) {
      throw new IllegalArgumentException("weights do not fit the model: " + match.describe());
    }
    Parameters.write(parameters, weights, match.taken());
  }

  /**
   * Takes over the parameters that fit, as a new task does with a pretrained encoder.
   *
   * @return what was taken and what was not
   */
  public final WeightMatch loadMatching(ModelWeights weights) {
    WeightMatch match = match(weights);
    Parameters.write(parameters, weights, match.taken());
    return match;
  }

  /** What {@link #loadMatching} would take. */
  public final WeightMatch match(ModelWeights weights) {
    return WeightMatch.of(Parameters.shapes(parameters), weights);
  }

  @Override
  public final void close() {
    memory.close();
  }
}
