package io.physiowave.core.card;

/** A stream whose channels cannot feed the model. */
public final class ChannelMismatchException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public ChannelMismatchException(String message) {
    super(message);
  }
}
