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

  /**
   * The same with a target that gets no gradient. The published loss lets the wavelet filters make
   * their own output smaller, and on small data they do so until nothing is left to predict; here
   * only the prediction can get better.
   */
  public Tensor lossOnFixedTarget() {
    return Masking.reconstructionLoss(predicted, target.detach(), mask);
  }
}
