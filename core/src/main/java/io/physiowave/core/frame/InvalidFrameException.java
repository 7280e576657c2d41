package io.physiowave.core.frame;

/**
 * A frame that breaks the wire contract; the message names the field, its value and what is right.
 */
public final class InvalidFrameException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidFrameException(String message) {
    super(message);
  }

  public InvalidFrameException(String message, Throwable cause) {
    super(message, cause);
  }
}
