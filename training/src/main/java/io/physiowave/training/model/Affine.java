package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.conv1d;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** A weight with its bias, used as a linear layer or as a convolution over time. */
final class Affine extends Module {
  private static final double LINEAR_STANDARD_DEVIATION = 0.02;

  private final Tensor weight;
  private final Tensor bias;

  private Affine(Tensor weight, Tensor bias) {
    super("Affine");
    this.weight = Parameters.register(this, "weight", weight);
    this.bias = Parameters.register(this, "bias", bias);
  }

  /**
   * Normal weights of deviation 0.02 and a bias of zero: how the model starts its linear layers.
   */
  static Affine linear(long inputs, long outputs) {
    return new Affine(
        Parameters.normal(LINEAR_STANDARD_DEVIATION, outputs, inputs), zeros(outputs));
  }

  /** Uniform within one over the square root of the fan-in: libtorch's start of a convolution. */
  static Affine convolution(long... shape) {
    double bound = Parameters.fanInBound(shape);
    return new Affine(Parameters.uniform(bound, shape), Parameters.uniform(bound, shape[0]));
  }

  Tensor weight() {
    return weight;
  }

  /** {@code [..., inputs]} to {@code [..., outputs]}. */
  Tensor apply(Tensor features) {
    Tensor matrix = weight.dim() == 2 ? weight : weight.reshape(weight.size(0), -1);
    return torch.linear(features, matrix, bias);
  }

  /** {@code [B, inputs, T]} to {@code [B, outputs, T]}, sample by sample. */
  Tensor pointwise(Tensor signal) {
    return conv1d(
        signal,
        weight.reshape(weight.size(0), weight.size(1), 1),
        new TensorOptional(bias),
        new long[] {1},
        new long[] {0},
        new long[] {1},
        1);
  }

  /** {@code [B, C, T]} to {@code [B, C, T]}, each channel with its own odd kernel. */
  Tensor depthwise(Tensor signal, Tensor kernel) {
    return conv1d(
        signal,
        kernel,
        new TensorOptional(bias),
        new long[] {1},
        new long[] {kernel.size(2) / 2},
        new long[] {1},
        signal.size(1));
  }
}
