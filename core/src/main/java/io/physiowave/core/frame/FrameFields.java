package io.physiowave.core.frame;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.physiowave.core.wire.Int16Samples;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Fields of one frame's JSON form, gathered in whatever order they come. */
final class FrameFields {
  private static final int MAXIMUM_CHANNELS = 256;
  private static final String FIELDS =
      "streamId, sessionId, modality, firstSampleIndex, deviceTimeMicros, gatewayTimeMicros,"
          + " sampleRateHz, channels, unit, samples, float32, int16, leadOff, endOfSession";

  private final io.physiowave.core.wire.SignalFrame.Builder frame =
      io.physiowave.core.wire.SignalFrame.newBuilder();
  private String samplesField;
  private JsonSamples numbers;

  /**
   * Takes a field.
   *
   * @param parser stands at its value, and afterwards at the value's end
   * @throws InvalidFrameException when it is none, or not of its type
   */
  void read(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "streamId", "stream_id" -> frame.setStreamId(JsonValues.text(name, parser));
      case "sessionId", "session_id" -> frame.setSessionId(JsonValues.text(name, parser));
      case "modality" -> frame.setModality(modality(name, parser));
      case "firstSampleIndex", "first_sample_index" ->
          frame.setFirstSampleIndex(JsonValues.integer(name, parser));
      case "deviceTimeMicros", "device_time_micros" ->
          frame.setDeviceTimeMicros(JsonValues.integer(name, parser));
      case "gatewayTimeMicros", "gateway_time_micros" ->
          frame.setGatewayTimeMicros(JsonValues.integer(name, parser));
      case "sampleRateHz", "sample_rate_hz" ->
          frame.setSampleRateHz(JsonValues.number(name, parser));
      case "channels" ->
          frame.addAllChannels(JsonValues.list(name, parser, MAXIMUM_CHANNELS, JsonValues::text));
      case "unit" -> frame.setUnit(JsonValues.text(name, parser));
      case "samples" -> {
        only(name);
        numbers =
            new JsonSamples(JsonValues.list(name, parser, MAXIMUM_CHANNELS, JsonSamples::channel));
      }
      case "float32" -> {
        only(name);
        frame.setFloat32(JsonValues.bytes(name, parser));
      }
      case "int16" -> {
        only(name);
        frame.setInt16(int16(name, parser));
      }
      case "leadOff", "lead_off" ->
          frame.addAllLeadOff(JsonValues.list(name, parser, MAXIMUM_CHANNELS, JsonValues::flag));
      case "endOfSession", "end_of_session" -> frame.setEndOfSession(JsonValues.flag(name, parser));
      default ->
          throw new InvalidFrameException(
              "field '" + JsonValues.shortened(name) + "' is unknown; expected one of " + FIELDS);
    }
  }

  private void only(String name) {
    if (samplesField != null) {
      throw new InvalidFrameException(
          "the frame has both " + samplesField + " and " + name + "; expected one of them");
    }
    samplesField = name;
  }

  private static io.physiowave.core.wire.Modality modality(String field, JsonParser parser)
      throws IOException {
    String text = JsonValues.text(field, parser);
    if (Arrays.stream(Modality.values()).noneMatch(known -> known.name().equals(text))) {
      throw JsonValues.wrong(
          field,
          parser,
          "one of "
              + Arrays.stream(Modality.values())
                  .map(Modality::name)
                  .collect(Collectors.joining(", ")));
    }
    return io.physiowave.core.wire.Modality.valueOf(text);
  }

  private static Int16Samples int16(String field, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw JsonValues.wrong(field, parser, "an object with data, gain and offset");
    }
    Int16Samples.Builder samples = Int16Samples.newBuilder();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = field + "." + parser.currentName();
      parser.nextToken();
      switch (name) {
        case "int16.data" -> samples.setData(JsonValues.bytes(name, parser));
        case "int16.gain" ->
            samples.addAllGain(JsonValues.list(name, parser, MAXIMUM_CHANNELS, JsonValues::number));
        case "int16.offset" ->
            samples.addAllOffset(
                JsonValues.list(name, parser, MAXIMUM_CHANNELS, JsonValues::number));
        default ->
            throw new InvalidFrameException(
                "field '"
                    + JsonValues.shortened(name)
                    + "' is unknown; expected int16.data, int16.gain or int16.offset");
      }
    }
    return samples.build();
  }

  /** The frame; its fields are each of their type, and no more is known of them. */
  io.physiowave.core.wire.SignalFrame message() {
    if (numbers != null) {
      frame.setFloat32(numbers.interleaved(frame.getChannelsCount()));
    }
    return frame.build();
  }
}
