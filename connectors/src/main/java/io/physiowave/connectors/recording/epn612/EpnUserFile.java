package io.physiowave.connectors.recording.epn612;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.RecordingException;
import io.physiowave.connectors.recording.RecordingNotFoundException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Reads the JSON file of one user sample by sample; memory holds one sample. */
public final class EpnUserFile {
  /** Electrodes of the armband. */
  public static final int CHANNELS = 8;

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Map<String, EpnSample.Set> SETS =
      Map.of("trainingSamples", EpnSample.Set.TRAINING, "testingSamples", EpnSample.Set.TESTING);
  // A minute at 200 Hz; samples last 5 s.
  private static final int LONGEST_SAMPLES = 12_000;

  private final String place;
  private final JsonParser json;

  private EpnUserFile(String place, JsonParser json) {
    this.place = place;
    this.json = json;
  }

  /** Takes samples. */
  @FunctionalInterface
  public interface Sink {
    void accept(EpnSample sample) throws IOException;
  }

  /**
   * Reads all samples of a user in the file's order.
   *
   * @throws RecordingException if the file is missing or malformed; the message names the sample
   *     and the field
   */
  public static void read(Path file, Sink sink) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        JsonParser json = FACTORY.createParser(in)) {
      new EpnUserFile(file.toString(), json).readUser(sink);
    } catch (NoSuchFileException e) {
      throw new RecordingNotFoundException(file + ": no such file");
    } catch (JsonProcessingException e) {
      throw new MalformedRecordingException(
          file
              + ": not JSON"
              + where(e.getLocation())
              + ": "
              + e.getOriginalMessage().replaceAll("\\s*\\R\\s*", " "),
          e);
    }
  }

  /** What nests too deep, or holds a number that is too long, has no place. */
  private static String where(JsonLocation place) {
    return place == null ? "" : " at line " + place.getLineNr() + " column " + place.getColumnNr();
  }

  private void readUser(Sink sink) throws IOException {
    require(json.nextToken(), JsonToken.START_OBJECT, "the file");
    boolean found = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      EpnSample.Set set = SETS.get(field);
      if (set == null) {
        json.skipChildren();
        continue;
      }
      found = true;
      require(value, JsonToken.START_OBJECT, field);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        require(json.nextToken(), JsonToken.START_OBJECT, field + "." + name);
        sink.accept(readSample(set, name, field + "." + name));
      }
    }
    if (!found) {
      throw new MalformedRecordingException(
          place
              + ": has neither "
              + String.join(" nor ", SETS.keySet().stream().sorted().toList()));
    }
  }

  private EpnSample readSample(EpnSample.Set set, String name, String where) throws IOException {
    String gesture = null;
    float[][] emg = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (field.equals("emg")) {
        require(value, JsonToken.START_OBJECT, where + ".emg");
        emg = readChannels(where + ".emg");
      } else if (field.equals("gestureName") && value != JsonToken.VALUE_NULL) {
        require(value, JsonToken.VALUE_STRING, where + ".gestureName");
        gesture = json.getText();
      } else {
        json.skipChildren();
      }
    }
    if (emg == null) {
      throw new MalformedRecordingException(place + ": " + where + " has no emg");
    }
    return new EpnSample(set, name, Optional.ofNullable(gesture), emg);
  }

  private float[][] readChannels(String where) throws IOException {
    float[][] channels = new float[CHANNELS][];
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String channel = json.currentName();
      JsonToken value = json.nextToken();
      if (!channel.matches("ch[1-8]")) {
        throw new MalformedRecordingException(
            place + ": " + where + " has a channel '" + channel + "'; expected ch1 to ch8");
      }
      require(value, JsonToken.START_ARRAY, where + "." + channel);
      channels[channel.charAt(2) - '1'] = readNumbers(where + "." + channel);
    }
    for (int channel = 0; channel < CHANNELS; channel++) {
      int length = channels[channel] == null ? 0 : channels[channel].length;
      if (length == 0 || length != channels[0].length) {
        throw new MalformedRecordingException(
            place
                + ": "
                + where
                + ".ch"
                + (channel + 1)
                + " has "
                + length
                + " samples; expected "
                + (channel == 0 || channels[0] == null ? "some" : channels[0].length + " as ch1"));
      }
    }
    return channels;
  }

  private float[] readNumbers(String where) throws IOException {
    float[] numbers = new float[1024];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (!json.currentToken().isNumeric() || count == LONGEST_SAMPLES) {
        throw new MalformedRecordingException(
            place
                + ": "
                + where
                + "["
                + count
                + "] is "
                + json.getText()
                + "; expected at most "
                + LONGEST_SAMPLES
                + " numbers");
      }
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = json.getFloatValue();
    }
    return Arrays.copyOf(numbers, count);
  }

  private void require(JsonToken found, JsonToken expected, String where)
      throws MalformedRecordingException {
    if (found != expected) {
      throw new MalformedRecordingException(
          place + ": " + where + " is " + describe(found) + "; expected " + describe(expected));
    }
  }

  private static String describe(JsonToken token) {
    if (token == null) {
      return "missing";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "a text";
      case VALUE_NULL -> "null";
      default -> token.isNumeric() ? "a number" : "no such value";
    };
  }
}
