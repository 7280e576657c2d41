package io.physiowave.connectors.recording;

/** Nothing readable is there under the name that was asked for. */
public final class RecordingNotFoundException extends RecordingException {
  private static final long serialVersionUID = 1L;

  public RecordingNotFoundException(String message) {
    super(message);
  }
}
