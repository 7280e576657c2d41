package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.add;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.full;
import static org.bytedeco.pytorch.global.torch.mul;

import java.util.List;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** Channel aggregation of one scale plus its attention to the scales before it. */
final class CrossScaleFusion extends Module {
  private static final float INITIAL_SCALE = 0.1f;

  private final Tensor scale;
  private final ChannelAggregation aggregation;
  private final CrossScaleAttention attention;

  CrossScaleFusion(ModelConfig config, AttentionKernel kernel) {
    super("CrossScaleFusion");
    long width = 2L * config.inChannels();
    scale = Parameters.register(this, "scale", full(new long[0], new Scalar(INITIAL_SCALE)));
    aggregation = register_module("base", new ChannelAggregation(width));
    attention =
        register_module("attn", new CrossScaleAttention(width, config.crossScaleHeads(), kernel));
  }

  /**
   * Fuses.
   *
   * @param current {@code [B, 2C, T]}
   * @param previous the scales before, each {@code [B, T, 2C]}; empty at the first
   * @return {@code [B, 2C, T]}
   */
  Tensor apply(Tensor current, List<Tensor> previous) {
    Tensor aggregated = Scopes.keeping(() -> aggregation.apply(current));
    if (previous.isEmpty()) {
      return aggregated;
    }
    Tensor keys = cat(new TensorVector(previous.toArray(new Tensor[0])), 1);
    Tensor attended = attention.apply(aggregated.transpose(1, 2), keys);
    return add(aggregated, mul(scale, attended.transpose(1, 2)));
  }
}
