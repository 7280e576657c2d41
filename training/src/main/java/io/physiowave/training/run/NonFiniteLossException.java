package io.physiowave.training.run;

import java.io.IOException;

/** Training that has left the numbers; the message names step, batch and windows. */
public final class NonFiniteLossException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says where.
   *
   * @param epoch counted from 0
   * @param step within the whole training, from 0
   * @param batch within the epoch, from 0
   * @param loss what it was
   * @param windows some windows of the batch
   */
  public NonFiniteLossException(int epoch, long step, int batch, double loss, String windows) {
    super(
        "epoch "
            + (epoch + 1)
            + " step "
            + step
            + " (batch "
            + batch
            + "): the loss is "
            + loss
            + "; expected a finite number. Its windows begin with "
            + windows
            + ". Lower --lr or set --grad_clip; the last saved state is from before");
  }
}
