package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/** Attention of each sample of one scale to all samples of the scales before it. */
final class CrossScaleAttention extends Module {
  private final long width;
  private final int heads;
  private final AttentionKernel kernel;
  private final Tensor inputWeight;
  private final Tensor inputBias;
  private final Affine output;

  CrossScaleAttention(long width, int heads, AttentionKernel kernel) {
    super("CrossScaleAttention");
    this.width = width;
    this.heads = heads;
    this.kernel = kernel;
    inputWeight = Parameters.register(this, "in_proj_weight", initialWeight(width));
    inputBias = Parameters.register(this, "in_proj_bias", zeros(3 * width));
    output = register_module("out_proj", Affine.linear(width, width));
  }

  // Xavier uniform, as torch starts its multi-head attention.
  private static Tensor initialWeight(long width) {
    double bound = Math.sqrt(6.0 / (4.0 * width));
    return Parameters.uniform(bound, 3 * width, width);
  }

  /**
   * Attends.
   *
   * @param current {@code [B, T, width]}
   * @param previous {@code [B, S, width]}
   * @return {@code [B, T, width]}
   */
  Tensor apply(Tensor current, Tensor previous) {
    Tensor query = linear(current, inputWeight.narrow(0, 0, width), inputBias.narrow(0, 0, width));
    Tensor keyAndValue =
        linear(
            previous,
            inputWeight.narrow(0, width, 2 * width),
            inputBias.narrow(0, width, 2 * width));
    Tensor attended =
        Attention.attend(
            kernel,
            Attention.splitHeads(query, heads),
            splitHeads(keyAndValue, 0),
            splitHeads(keyAndValue, 1));
    return output.apply(Attention.joinHeads(attended));
  }

  private Tensor splitHeads(Tensor keyAndValue, int which) {
    return keyAndValue
        .view(keyAndValue.size(0), keyAndValue.size(1), 2L * heads, width / heads)
        .narrow(2, (long) which * heads, heads)
        .transpose(1, 2);
  }
}
