package io.physiowave.gateway.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.physiowave.core.frame.InvalidFrameException;
import io.physiowave.core.frame.SignalFrameJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Texts that hold several frames. */
public final class JsonFrames {
  /** Most frames of one text. */
  public static final int MAXIMUM_FRAMES = 1_000;

  private JsonFrames() {}

  /** Whether a text begins as an array does. */
  public static boolean isArray(byte[] utf8) {
    for (byte character : utf8) {
      if (!Character.isWhitespace(character)) {
        return character == '[';
      }
    }
    return false;
  }

  /**
   * The elements of an array. Where the text ceases to be JSON, the element is refused and nothing
   * is known of the rest.
   *
   * @throws InvalidFrameException when there are more than {@value #MAXIMUM_FRAMES}
   */
  public static List<Submission> ofArray(byte[] utf8) {
    List<Submission> frames = new ArrayList<>();
    try (JsonParser parser = SignalFrameJson.FACTORY.createParser(utf8)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        requireRoom(frames);
        frames.add(next(parser));
      }
      if (parser.nextToken() != null) {
        throw new InvalidFrameException("the text goes on after the array; expected one array");
      }
    } catch (JsonProcessingException e) {
      frames.add(Submission.broken(SignalFrameJson.notJson(e)));
    } catch (IOException e) {
      frames.add(Submission.broken(notText(e)));
    }
    return frames;
  }

  /**
   * The refusal of bytes that are no characters. JSON may be UTF-16 or UTF-32, which its first
   * bytes tell, and UTF-32 that breaks is said otherwise than JSON that does.
   */
  static InvalidFrameException notText(IOException failure) {
    return new InvalidFrameException("the text is not JSON: " + failure.getMessage());
  }

  private static Submission next(JsonParser parser) throws IOException {
    try {
      return Submission.protobuf(SignalFrameJson.read(parser).toByteArray());
    } catch (InvalidFrameException e) {
      return Submission.broken(e);
    }
  }

  /**
   * The lines of a text, each one frame; blank ones are left out.
   *
   * @throws InvalidFrameException when there are more than {@value #MAXIMUM_FRAMES}
   */
  public static List<Submission> ofLines(byte[] utf8) {
    List<Submission> frames = new ArrayList<>();
    int start = 0;
    while (start < utf8.length) {
      int end = start;
      boolean isBlank = true;
      while (end < utf8.length && utf8[end] != '\n') {
        isBlank &= Character.isWhitespace(utf8[end]);
        end++;
      }
      if (!isBlank) {
        requireRoom(frames);
        frames.add(Submission.json(Arrays.copyOfRange(utf8, start, end)));
      }
      start = end + 1;
    }
    return frames;
  }

  private static void requireRoom(List<Submission> frames) {
    if (frames.size() == MAXIMUM_FRAMES) {
      throw new InvalidFrameException(
          "the text holds more than " + MAXIMUM_FRAMES + " frames; expected at most that many");
    }
  }
}
