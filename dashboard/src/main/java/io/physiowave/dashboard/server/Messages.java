package io.physiowave.dashboard.server;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What travels over the WebSocket, as JSON.
 *
 * <p>To the browser: {@code {"type": "status", ...}} once a second and {@code {"type": "signal",
 * ...}} for each watched stream that has something new. From the browser: {@code {"watch":
 * ["stream", ...]}}.
 */
final class Messages {
  /** Most characters a browser may send at once. */
  static final int MAXIMUM_REQUEST = 65_536;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The state of everything.
   *
   * @param type always {@code status}
   * @param connected whether Kafka answers
   * @param bootstrapServers the brokers that are read
   * @param unreadable records that were not what their topic holds
   * @param dropped messages this browser was too slow for
   * @param streams all streams, by name
   */
  record Status(
      String type,
      boolean connected,
      String bootstrapServers,
      long unreadable,
      long dropped,
      List<StreamSummary> streams) {}

  private Messages() {}

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a dashboard message always has a JSON form", e);
    }
  }

  /** Waveform and labels of one stream; values point by point, channel by channel, null missing. */
  static String signal(StreamBoard.Change change) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("type", "signal");
      json.writeStringField("stream", change.stream());
      json.writeStringField("session", change.session());
      json.writeArrayFieldStart("runs");
      for (WaveformReducer.Run run : change.update().runs()) {
        json.writeStartObject();
        json.writeNumberField("first", run.firstPoint());
        json.writeArrayFieldStart("microvolts");
        writeValues(json, run);
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeObjectField("labels", change.update().labels());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void writeValues(JsonGenerator json, WaveformReducer.Run run) throws IOException {
    for (int[] point : run.microvolts()) {
      for (int value : point) {
        if (value == WaveformReducer.MISSING) {
          json.writeNull();
        } else {
          json.writeNumber(value);
        }
      }
    }
  }

  /**
   * The streams that a browser asks for.
   *
   * @throws IllegalArgumentException when the text is no such request
   */
  static List<String> watched(String text) {
    JsonNode list;
    try {
      list = JSON.readTree(text).path("watch");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the request is not JSON", e);
    }
    if (!list.isArray()) {
      throw new IllegalArgumentException("the request has no list 'watch' of stream names");
    }
    List<String> streams = new ArrayList<>();
    list.forEach(name -> streams.add(name.asText()));
    return streams;
  }
}
