package io.physiowave.training.checkpoint;

import java.io.IOException;

/** A file that is not the checkpoint it should be; the message names the file and the fault. */
public final class CheckpointFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong, where, and what was expected. */
  public CheckpointFormatException(String message) {
    super(message);
  }

  /** With the cause beneath. */
  public CheckpointFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
