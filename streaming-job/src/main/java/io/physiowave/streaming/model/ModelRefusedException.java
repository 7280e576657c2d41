package io.physiowave.streaming.model;

/** A model that the job will not serve; the message names the file and what is wrong with it. */
public final class ModelRefusedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public ModelRefusedException(String message) {
    super(message);
  }

  public ModelRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
