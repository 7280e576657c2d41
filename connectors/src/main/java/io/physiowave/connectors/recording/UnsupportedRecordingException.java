package io.physiowave.connectors.recording;

/** A valid recording in a form that this software does not read. */
public final class UnsupportedRecordingException extends RecordingException {
  private static final long serialVersionUID = 1L;

  public UnsupportedRecordingException(String message) {
    super(message);
  }
}
