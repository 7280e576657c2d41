package io.physiowave.cluster.flink;

/** The JobManager does not answer, or not yet, or not any more. */
public final class FlinkUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FlinkUnavailableException(String message) {
    super(message);
  }

  FlinkUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
