package io.physiowave.training.finetune;

import java.io.IOException;

/** Training that has left the numbers; the message names step, batch and windows. */
public final class NonFiniteLossException extends IOException {
  private static final long serialVersionUID = 1L;

  public NonFiniteLossException(String message) {
    super(message);
  }
}
