package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.add;
import static org.bytedeco.pytorch.global.torch.dropout;
import static org.bytedeco.pytorch.global.torch.full;
import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.mul;
import static org.bytedeco.pytorch.global.torch.sub;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The feed-forward network across channels. Its published form convolves an image of height one;
 * here it runs over time alone, with the middle row of the 3x3 kernel: the other rows only ever
 * meet padding.
 */
final class ChannelAggregation extends Module {
  private static final int RATIO = 4;
  private static final int KERNEL = 3;
  private static final double DROPOUT = 0.1;
  private static final double INITIAL_SCALE = 1e-5;

  private final Affine expand;
  private final Affine depthwise;
  private final Affine contract;
  private final Affine common;
  private final Tensor scale;

  ChannelAggregation(long width) {
    super("ChannelAggregation");
    long hidden = width * RATIO;
    expand = register_module("fc1", Affine.convolution(hidden, width, 1, 1));
    depthwise = register_module("dw", Affine.convolution(hidden, 1, KERNEL, KERNEL));
    contract = register_module("fc2", Affine.convolution(width, hidden, 1, 1));
    common = register_module("decomp", Affine.convolution(1, hidden, 1, 1));
    Module sigma = register_module("sigma", new Module("sigma"));
    scale =
        Parameters.register(
            sigma, "scale", full(new long[] {1, hidden, 1, 1}, new Scalar(INITIAL_SCALE)));
  }

  /** {@code [B, width, T]} to {@code [B, width, T]}. */
  Tensor apply(Tensor signal) {
    Tensor middleRow = depthwise.weight().select(2, KERNEL / 2);
    Tensor hidden = gelu(depthwise.depthwise(expand.pointwise(signal), middleRow));
    hidden = dropout(hidden, DROPOUT, is_training());
    Tensor deviation = sub(hidden, gelu(common.pointwise(hidden)));
    Tensor gain = add(scale.reshape(1, -1, 1), new Scalar(1.0));
    return dropout(contract.pointwise(mul(deviation, gain)), DROPOUT, is_training());
  }
}
