package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.matmul;
import static org.bytedeco.pytorch.global.torch.mul;
import static org.bytedeco.pytorch.global.torch.sigmoid;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** How much of each channel passes a level unfiltered, by attention among groups of channels. */
final class SoftGate extends Module {
  private final int heads;
  private final Affine query;
  private final Affine key;
  private final Affine value;

  SoftGate(ModelConfig config) {
    super("SoftGate");
    int channels = config.inChannels();
    heads = config.gateHeads();
    query = register_module("q", Affine.linear(channels, channels));
    key = register_module("k", Affine.linear(channels, channels));
    value = register_module("v", Affine.linear(channels, channels));
  }

  /**
   * The gate.
   *
   * @param means of each channel over time, {@code [B, C]}
   * @return values between 0 and 1, {@code [B, C, 1]}
   */
  Tensor apply(Tensor means) {
    long batch = means.size(0);
    long channels = means.size(1);
    long width = channels / heads;
    Tensor queries = query.apply(means).view(batch, heads, width);
    Tensor keys = key.apply(means).view(batch, heads, width);
    Tensor values = value.apply(means).view(batch, heads, width);
    Tensor scores =
        mul(matmul(queries, keys.transpose(1, 2)), new Scalar(1 / Math.sqrt((double) width)));
    return sigmoid(matmul(scores.softmax(-1), values).reshape(batch, channels)).unsqueeze(-1);
  }
}
