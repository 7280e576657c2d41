package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.gelu;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/** Cuts each band row into patches and maps every patch to a token. */
final class PatchEmbedding extends Module {
  private final int patchSize;
  private final Affine projection;
  private final LayerNorm norm;

  PatchEmbedding(ModelConfig config) {
    super("PatchEmbedding");
    patchSize = config.patchSize();
    projection =
        register_module("proj", Affine.convolution(config.embedDim(), 1, 1, config.patchSize()));
    norm = register_module("norm", new LayerNorm(config.embedDim()));
  }

  /**
   * The patches themselves, which pretraining reconstructs.
   *
   * @param bands {@code [B, F, T]}
   * @return {@code [B, F * (T / patch), patch]}, all patches of the first row first
   */
  Tensor patches(Tensor bands) {
    long perRow = bands.size(2) / patchSize;
    return bands
        .narrow(2, 0, perRow * patchSize)
        .reshape(bands.size(0), bands.size(1) * perRow, patchSize);
  }

  /** {@code [B, L, patch]} to {@code [B, L, D]}. */
  Tensor apply(Tensor patches) {
    return gelu(norm.apply(projection.apply(patches)));
  }
}
