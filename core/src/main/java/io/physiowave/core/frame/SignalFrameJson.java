package io.physiowave.core.frame;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.physiowave.core.wire.SignalFrame;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads the JSON form of frames, which gateways take: the fields as protobuf's JSON mapping names
 * them ({@code streamId}; {@code stream_id} is the same), the samples as numbers, {@code "samples":
 * [[channel 0], [channel 1]]} with {@code null} where one is missing, or as base64 in {@code
 * float32} or {@code int16}, as protobuf has them.
 *
 * <p>Nothing is guessed: a field that is not one, that comes twice or has another type is refused
 * by name. What only the whole frame can break is for {@link FrameAdmission}.
 */
public final class SignalFrameJson {
  /** Makes parsers that take each field once and know their place in the text. */
  public static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private SignalFrameJson() {}

  /**
   * Reads a text that is one frame.
   *
   * @param utf8 bytes of the text
   * @throws InvalidFrameException when it is anything else
   */
  public static SignalFrame read(byte[] utf8) {
    try (JsonParser parser = FACTORY.createParser(utf8)) {
      parser.nextToken();
      SignalFrame frame = read(parser);
      if (parser.nextToken() != null) {
        throw new InvalidFrameException("the text goes on after the frame; expected one frame");
      }
      return frame;
    } catch (JsonProcessingException e) {
      throw notJson(e);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot be read", e);
    }
  }

  /**
   * Reads the frame at whose beginning a parser of {@link #FACTORY} stands, and leaves it at the
   * frame's end, also when the frame is refused.
   *
   * @throws InvalidFrameException when a field is not as it should be
   * @throws JsonProcessingException when the text is not JSON; the parser is then of no more use
   */
  public static SignalFrame read(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      String found = JsonValues.describe(parser);
      parser.skipChildren();
      throw new InvalidFrameException(
          "the frame is " + found + "; expected a JSON object with the fields of a SignalFrame");
    }
    JsonStreamContext around = parser.getParsingContext().getParent();
    try {
      FrameFields fields = new FrameFields();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        fields.read(name, parser);
      }
      return fields.message();
    } catch (InvalidFrameException e) {
      while (parser.getParsingContext() != around) {
        parser.nextToken();
      }
      throw e;
    }
  }

  /** The refusal of a text that is not JSON. */
  public static InvalidFrameException notJson(JsonProcessingException failure) {
    JsonLocation place = failure.getLocation();
    // What nests too deep, or holds a number that is too long, has none.
    String where =
        place == null ? "" : "line " + place.getLineNr() + ", column " + place.getColumnNr() + ": ";
    return new InvalidFrameException(
        "the text is not JSON: " + where + failure.getOriginalMessage());
  }
}
