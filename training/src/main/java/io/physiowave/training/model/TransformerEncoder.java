package io.physiowave.training.model;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/** The stack of transformer blocks with a norm at its end. */
final class TransformerEncoder extends Module {
  private final int rotatedWidth;
  private final List<TransformerBlock> blocks = new ArrayList<>();
  private final LayerNorm norm;

  TransformerEncoder(ModelConfig config, AttentionKernel kernel) {
    super("TransformerEncoder");
    rotatedWidth = config.rotatedDim();
    Module list = register_module("blocks", new Module("blocks"));
    for (int index = 0; index < config.depth(); index++) {
      blocks.add(
          list.register_module(Integer.toString(index), new TransformerBlock(config, kernel)));
    }
    norm = register_module("norm", new LayerNorm(config.embedDim()));
  }

  /** {@code [B, N, D]} to {@code [B, N, D]}. */
  Tensor apply(Tensor tokens) {
    Tensor turns =
        rotatedWidth == 0
            ? new Tensor()
            : RotaryPositions.turns(tokens.size(1), rotatedWidth, tokens);
    Tensor encoded = tokens;
    for (TransformerBlock block : blocks) {
      Tensor input = encoded;
      encoded = Scopes.keeping(() -> block.apply(input, turns));
    }
    return norm.apply(encoded);
  }
}
