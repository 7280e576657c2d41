package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.layer_norm;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** Normalisation over the last axis with a learned gain and offset. */
final class LayerNorm extends Module {
  private static final double EPSILON = 1e-5;

  private final long width;
  private final Tensor weight;
  private final Tensor bias;

  LayerNorm(long width) {
    super("LayerNorm");
    this.width = width;
    weight = Parameters.register(this, "weight", ones(width));
    bias = Parameters.register(this, "bias", zeros(width));
  }

  Tensor apply(Tensor features) {
    return layer_norm(
        features,
        new long[] {width},
        new TensorOptional(weight),
        new TensorOptional(bias),
        EPSILON,
        true);
  }
}
