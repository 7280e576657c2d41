package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.empty;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.StringTensorDict;
import org.bytedeco.pytorch.StringTensorDictItem;
import org.bytedeco.pytorch.Tensor;

/** Registers parameters and draws their first values from libtorch's default generator. */
final class Parameters {
  private Parameters() {}

  /**
   * Registers a parameter. The reference that libtorch returns points into the module's table and
   * dangles once the table grows; the copy made here shares the same values and gradient.
   */
  static Tensor register(Module module, String name, Tensor values) {
    return new Tensor(module.register_parameter(name, values));
  }

  /** Registers a parameter that is not trained. */
  static Tensor registerFixed(Module module, String name, Tensor values) {
    return new Tensor(module.register_parameter(name, values, false));
  }

  static Tensor normal(double standardDeviation, long... shape) {
    return empty(shape).normal_(0, standardDeviation, new GeneratorOptional());
  }

  static Tensor uniform(double bound, long... shape) {
    return empty(shape).uniform_(-bound, bound, new GeneratorOptional());
  }

  /** One over the square root of the inputs that meet in one output of a weight. */
  static double fanInBound(long... shape) {
    long fanIn = 1;
    for (int axis = 1; axis < shape.length; axis++) {
      fanIn *= shape[axis];
    }
    return 1 / Math.sqrt((double) fanIn);
  }

  /**
   * The parameters of a module and its children; the tensors share values and gradients with it.
   */
  static Map<String, Tensor> named(Module module) {
    Map<String, Tensor> named = new LinkedHashMap<>();
    StringTensorDict parameters = module.named_parameters();
    for (long index = 0; index < parameters.size(); index++) {
      StringTensorDictItem item = parameters.get(index);
      named.put(item.key().getString(), new Tensor(item.value()));
    }
    return named;
  }

  static Map<String, int[]> shapes(Map<String, Tensor> parameters) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    parameters.forEach((name, tensor) -> shapes.put(name, shape(tensor)));
    return shapes;
  }

  /** Copies values out of libtorch. */
  static ModelWeights read(Map<String, Tensor> parameters) {
    Map<String, WeightTensor> weights = new LinkedHashMap<>();
    parameters.forEach(
        (name, tensor) ->
            weights.put(name, new WeightTensor(shape(tensor), Tensors.floats(tensor))));
    return ModelWeights.of(weights);
  }

  /** Copies values of as many numbers into libtorch. */
  static void write(Map<String, Tensor> parameters, ModelWeights weights, List<String> names) {
    Scopes.withoutGradient(
        () -> {
          for (String name : names) {
            Tensor parameter = parameters.get(name);
            float[] values = weights.get(name).values();
            Scopes.freeing(() -> parameter.copy_(Tensor.create(values, parameter.shape())));
          }
        });
  }

  private static int[] shape(Tensor tensor) {
    return Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray();
  }
}
