package io.physiowave.training.model;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/** Self-attention with rotary positions. */
final class RotaryAttention extends Module {
  private final int heads;
  private final AttentionKernel kernel;
  private final Affine queryKeyValue;
  private final Affine output;

  RotaryAttention(ModelConfig config, AttentionKernel kernel) {
    super("RotaryAttention");
    this.kernel = kernel;
    heads = config.numHeads();
    long width = config.embedDim();
    queryKeyValue = register_module("qkv", Affine.linear(width, 3 * width));
    output = register_module("proj", Affine.linear(width, width));
  }

  /**
   * Attends.
   *
   * @param tokens {@code [B, N, D]}
   * @param turns of {@link RotaryPositions}, or an undefined tensor for no rotation
   */
  Tensor apply(Tensor tokens, Tensor turns) {
    Tensor parts = queryKeyValue.apply(tokens).view(tokens.size(0), tokens.size(1), 3, heads, -1);
    Tensor queryAndKey = parts.narrow(2, 0, 2);
    if (turns.defined()) {
      queryAndKey = RotaryPositions.rotate(queryAndKey, turns);
    }
    Tensor attended =
        Attention.attend(
            kernel,
            queryAndKey.select(2, 0).transpose(1, 2),
            queryAndKey.select(2, 1).transpose(1, 2),
            parts.select(2, 2).transpose(1, 2));
    return output.apply(Attention.joinHeads(attended));
  }
}
