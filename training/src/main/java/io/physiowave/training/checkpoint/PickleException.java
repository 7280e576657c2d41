package io.physiowave.training.checkpoint;

import java.util.List;
import java.util.Map;

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
    if (value == null) {
      return "None";
    }
    if (value instanceof List) {
      return "a list or tuple";
    }
    return value instanceof Map ? "a dictionary" : "a " + value.getClass().getSimpleName();
  }
}
