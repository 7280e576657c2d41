package io.physiowave.connectors.replay;

/** A frame that did not arrive. */
public final class FrameSinkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FrameSinkException(String message, Throwable cause) {
    super(message, cause);
  }
}
