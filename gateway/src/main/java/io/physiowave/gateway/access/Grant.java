package io.physiowave.gateway.access;

/** The streams that somebody may send for and read. */
@FunctionalInterface
public interface Grant {
  /** Any stream. */
  Grant ALL = stream -> true;

  /** Whether a stream is among them. */
  boolean allows(String stream);

  /** One stream alone. */
  static Grant only(String stream) {
    return stream::equals;
  }
}
