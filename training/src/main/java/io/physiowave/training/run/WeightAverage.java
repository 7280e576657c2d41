package io.physiowave.training.run;

import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.Scopes;
import io.physiowave.training.model.Tensors;
import io.physiowave.training.model.TorchModel;
import io.physiowave.training.model.WeightTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The exponential moving average of a model's trained parameters, which often answers better than
 * the last step's. Owns native memory until closed.
 */
public final class WeightAverage implements AutoCloseable {
  private final TorchModel model;
  private final double decay;
  private final PointerScope memory;
  private final Map<String, Tensor> averages = new LinkedHashMap<>();

  /**
   * Starts at the model's present values.
   *
   * @param decay share of the old average that each step keeps, 0 to below 1
   */
  public WeightAverage(TorchModel model, double decay) {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("ema is " + decay + "; expected 0 to below 1");
    }
    this.model = model;
    this.decay = decay;
    PointerScope scope = new PointerScope();
    try {
      model
          .trainedParameters()
          .forEach((name, values) -> averages.put(name, values.detach().clone()));
      memory = scope.extend();
    } finally {
      scope.close();
    }
  }

  /**
   * Takes a step of the model in.
   *
   * @param step counted from the beginning of the average; before it, when this is negative, the
   *     average follows the model, and early steps weigh more, or the first values would stay
   */
  public void update(long step) {
    double kept = step < 0 ? 0 : Math.min(decay, (1.0 + (double) step) / (10.0 + (double) step));
    Scopes.withoutGradient(
        () ->
            averages.forEach(
                (name, average) ->
                    Scopes.freeing(
                        () -> average.lerp_(model.parameters().get(name), new Scalar(1 - kept)))));
  }

  /** The model's weights with the averages in place of what is trained. */
  public ModelWeights weights() {
    ModelWeights weights = model.weights();
    Map<String, WeightTensor> all = new LinkedHashMap<>(weights.tensors());
    averages.forEach(
        (name, average) ->
            all.put(name, new WeightTensor(all.get(name).shape(), Tensors.floats(average))));
    return ModelWeights.of(all);
  }

  /** Takes averages over, as {@link #weights} gave them. */
  public void restore(ModelWeights weights) {
    Scopes.withoutGradient(
        () ->
            averages.forEach(
                (name, average) ->
                    Scopes.freeing(
                        () ->
                            average.copy_(
                                Tensor.create(weights.get(name).values(), average.shape())))));
  }

  @Override
  public void close() {
    memory.close();
  }
}
