package io.physiowave.connectors.recording;

import java.io.IOException;

/**
 * A recording that cannot be read. The message is one line that names the file, the place in it,
 * the value found and what was expected.
 */
public class RecordingException extends IOException {
  private static final long serialVersionUID = 1L;

  public RecordingException(String message) {
    super(message);
  }

  public RecordingException(String message, Throwable cause) {
    super(message, cause);
  }
}
