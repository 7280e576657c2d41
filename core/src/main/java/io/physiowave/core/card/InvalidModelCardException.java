package io.physiowave.core.card;

/** A model card that cannot be read or breaks a rule; the message names the field and its value. */
public final class InvalidModelCardException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidModelCardException(String message) {
    super(message);
  }

  public InvalidModelCardException(String message, Throwable cause) {
    super(message, cause);
  }
}
