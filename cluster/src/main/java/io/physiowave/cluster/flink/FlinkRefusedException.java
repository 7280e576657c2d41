package io.physiowave.cluster.flink;

/** Flink answers that it cannot do what was asked; the message gives its reason. */
public final class FlinkRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FlinkRefusedException(String message) {
    super(message);
  }
}
