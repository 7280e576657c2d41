package io.physiowave.gateway.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import java.util.BitSet;
import java.util.List;

/** Frames of two samples a channel, as devices send them. */
public final class TestFrames {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TestFrames() {}

  /** The frame of a stream that has a number. */
  public static SignalFrame frame(String stream, int number) {
    return new SignalFrame(
        stream,
        "session",
        Modality.ECG,
        2L * number,
        0,
        0,
        250,
        List.of("II", "V1"),
        "mV",
        new float[][] {{number, 0.5f}, {-number, 0.25f}},
        new BitSet(),
        false);
  }

  /** The same as protobuf. */
  public static byte[] protobuf(String stream, int number) {
    return SignalFrameCodec.encode(frame(stream, number));
  }

  /** The same as JSON, its samples as numbers. */
  public static ObjectNode json(String stream, int number) {
    SignalFrame frame = frame(stream, number);
    ObjectNode json = JSON.createObjectNode();
    json.put("streamId", stream).put("sessionId", frame.sessionId()).put("modality", "ECG");
    json.put("firstSampleIndex", frame.firstSampleIndex()).put("sampleRateHz", 250);
    frame.channels().forEach(json.putArray("channels")::add);
    json.put("unit", "mV");
    ArrayNode samples = json.putArray("samples");
    for (float[] channel : frame.samples()) {
      ArrayNode values = samples.addArray();
      for (float value : channel) {
        values.add(value);
      }
    }
    return json;
  }

  /** What a gateway answers for it. */
  public static String accepted(String stream, int number) {
    return "{\"accepted\":{\"stream\":\""
        + stream
        + "\",\"session\":\"session\",\"firstSampleIndex\":"
        + 2 * number
        + "}}";
  }
}
