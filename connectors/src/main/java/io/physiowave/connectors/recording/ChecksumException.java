package io.physiowave.connectors.recording;

/** Samples whose checksum differs from the one that the header states. */
public final class ChecksumException extends RecordingException {
  private static final long serialVersionUID = 1L;

  public ChecksumException(String message) {
    super(message);
  }
}
