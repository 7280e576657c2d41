package io.physiowave.connectors.recording;

/** A file that ends before what its header announces. */
public final class TruncatedRecordingException extends RecordingException {
  private static final long serialVersionUID = 1L;

  public TruncatedRecordingException(String message) {
    super(message);
  }
}
