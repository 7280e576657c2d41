package io.physiowave.training.dataset;

import java.io.IOException;

/**
 * A data set that cannot be trained on; the message names the file, the data set inside it, the
 * position, what is there and what is expected.
 */
public final class InvalidDatasetException extends IOException {
  private static final long serialVersionUID = 1L;

  public InvalidDatasetException(String message) {
    super(message);
  }

  public InvalidDatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
