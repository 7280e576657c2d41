package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.dropout;
import static org.bytedeco.pytorch.global.torch.gelu;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/** Maps every token back to the samples of its patch. */
final class ReconstructionHead extends Module {
  private final double dropout;
  private final Affine hidden;
  private final LayerNorm norm;
  private final Affine output;

  ReconstructionHead(ModelConfig config) {
    super("ReconstructionHead");
    dropout = config.dropout();
    long width = config.embedDim();
    Module head = register_module("head", new Module("head"));
    hidden = head.register_module("0", Affine.linear(width, width));
    norm = head.register_module("3", new LayerNorm(width));
    output = head.register_module("4", Affine.linear(width, config.patchSize()));
  }

  /** {@code [B, L, D]} to {@code [B, L, patch]}. */
  Tensor apply(Tensor features) {
    Tensor active = dropout(gelu(hidden.apply(features)), dropout, is_training());
    return output.apply(norm.apply(active));
  }
}
