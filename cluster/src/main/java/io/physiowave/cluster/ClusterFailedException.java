package io.physiowave.cluster;

/** The cluster, or one of its processes, did not do what was asked; the message says what to do. */
public final class ClusterFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClusterFailedException(String message) {
    super(message);
  }

  ClusterFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
