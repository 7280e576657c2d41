package io.physiowave.connectors.recording;

/** A file that breaks the rules of its own format. */
public final class MalformedRecordingException extends RecordingException {
  private static final long serialVersionUID = 1L;

  public MalformedRecordingException(String message) {
    super(message);
  }

  public MalformedRecordingException(String message, Throwable cause) {
    super(message, cause);
  }
}
