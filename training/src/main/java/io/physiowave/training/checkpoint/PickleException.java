package io.physiowave.training.checkpoint;

/** A pickle stream that cannot be read; told with the file's name further up. */
final class PickleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PickleException(String message) {
    super(message);
  }

  /** A value for a message: a scalar itself, of anything else its kind only, as it may be huge. */
  static String describe(Object value) {
    if (value instanceof String || value instanceof Number || value instanceof GlobalName) {
      return "'" + value + "'";
    }
    return value == null ? "None" : "a " + value.getClass().getSimpleName();
  }
}
