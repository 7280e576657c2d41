package io.physiowave.core.frame;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Values of fields at which a parser stands; what is of another type is refused by name. */
final class JsonValues {
  private static final int SHOWN_CHARACTERS = 40;

  private JsonValues() {}

  /** A function over the value at which a parser stands. */
  @FunctionalInterface
  interface Reader<T> {
    T read(String field, JsonParser parser) throws IOException;
  }

  static String text(String field, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong(field, parser, "a text");
    }
    return parser.getText();
  }

  /** Protobuf's mapping writes 64-bit integers as texts; numbers are taken too. */
  static long integer(String field, JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    boolean isInteger =
        token == JsonToken.VALUE_NUMBER_INT
            || (token == JsonToken.VALUE_STRING && parser.getText().matches("-?\\d{1,19}"));
    if (isInteger) {
      try {
        return Long.parseLong(parser.getText());
      } catch (NumberFormatException e) {
        throw wrong(field, parser, "an integer of 64 bits");
      }
    }
    throw wrong(field, parser, "an integer");
  }

  static double number(String field, JsonParser parser) throws IOException {
    if (!parser.currentToken().isNumeric()) {
      throw wrong(field, parser, "a number");
    }
    return parser.getDoubleValue();
  }

  /** A number that float32 holds, or NaN for null: a sample that is missing. */
  static float sample(String field, int position, JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return Float.NaN;
    }
    float value = token.isNumeric() ? (float) parser.getDoubleValue() : Float.NaN;
    if (!Float.isFinite(value)) {
      throw wrong(
          field + "[" + position + "]",
          parser,
          "a number of at most 3.4e38 either way, or null where the sample is missing");
    }
    return value;
  }

  static boolean flag(String field, JsonParser parser) throws IOException {
    if (!parser.currentToken().isBoolean()) {
      throw wrong(field, parser, "true or false");
    }
    return parser.getBooleanValue();
  }

  static ByteString bytes(String field, JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      try {
        return UnsafeByteOperations.unsafeWrap(Base64.getDecoder().decode(parser.getText()));
      } catch (IllegalArgumentException e) {
        throw wrong(field, parser, "base64");
      }
    }
    throw wrong(field, parser, "base64");
  }

  static <T> List<T> list(String field, JsonParser parser, int maximum, Reader<T> element)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw wrong(field, parser, "an array");
    }
    List<T> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (values.size() == maximum) {
        throw new InvalidFrameException(
            field + " has more than " + maximum + " elements; expected at most " + maximum);
      }
      values.add(element.read(field + "[" + values.size() + "]", parser));
    }
    return values;
  }

  static InvalidFrameException wrong(String field, JsonParser parser, String expected)
      throws IOException {
    return new InvalidFrameException(field + " is " + describe(parser) + "; expected " + expected);
  }

  /** The value for people, cut short. */
  static String describe(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      return "missing";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "'" + shortened(parser.getText()) + "'";
      default -> shortened(parser.getText());
    };
  }

  static String shortened(String text) {
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
  }
}
