package io.physiowave.training.download;

import java.io.IOException;

/** A file that cannot be had. The message is one line that names the address and the reason. */
public final class DownloadException extends IOException {
  private static final long serialVersionUID = 1L;

  public DownloadException(String message) {
    super(message);
  }

  public DownloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
