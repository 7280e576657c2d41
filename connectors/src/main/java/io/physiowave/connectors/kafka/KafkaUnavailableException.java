package io.physiowave.connectors.kafka;

/** No broker answers, or a broker does not accept what it is sent. */
public final class KafkaUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KafkaUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
