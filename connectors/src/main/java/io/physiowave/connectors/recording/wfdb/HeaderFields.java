package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.recording.MalformedRecordingException;

/** Numbers out of one line of a header, with errors that name file, line and field. */
final class HeaderFields {
  private final String file;
  private final int line;

  HeaderFields(String file, int line) {
    this.file = file;
    this.line = line;
  }

  int integer(String field, String text, int minimum) throws MalformedRecordingException {
    try {
      int value = Integer.parseInt(text);
      if (value >= minimum) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(field, text, "a whole number");
    }
    throw wrong(field, text, minimum + " or more");
  }

  long count(String field, String text) throws MalformedRecordingException {
    try {
      long value = Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(field, text, "a whole number");
    }
    throw wrong(field, text, "0 or more");
  }

  double number(String field, String text) throws MalformedRecordingException {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(field, text, "a number");
    }
    throw wrong(field, text, "a finite number");
  }

  MalformedRecordingException wrong(String field, String text, String expected) {
    return error(field + " is '" + text + "'; expected " + expected);
  }

  MalformedRecordingException error(String what) {
    return new MalformedRecordingException(file + " line " + line + ": " + what);
  }

  String place() {
    return file + " line " + line;
  }
}
