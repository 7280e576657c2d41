package io.physiowave.training.model;

import org.bytedeco.pytorch.Tensor;

/**
 * What a pretraining pass gives.
 *
 * @param predicted patches, {@code [B, L, patch]}
 * @param mask boolean {@code [B, L]}, true where the encoder did not see the token
 * @param target patches of the wavelet decomposition, {@code [B, L, patch]}
 */
public record Reconstruction(Tensor predicted, Tensor mask, Tensor target) {
  /** The masked mean squared error, a scalar with gradient. */
  public Tensor loss() {
    return Masking.reconstructionLoss(predicted, target, mask);
  }
}
