package io.physiowave.core.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalFrameJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Provide
  Arbitrary<SignalFrame> frames() {
    return SignalFrames.any();
  }

  private static io.physiowave.core.wire.SignalFrame read(String json) {
    return SignalFrameJson.read(json.getBytes(StandardCharsets.UTF_8));
  }

  /** What a gateway would write that holds the samples as numbers. */
  private static ObjectNode withNumbers(SignalFrame frame) {
    ObjectNode json = JSON.createObjectNode();
    json.put("streamId", frame.streamId()).put("sessionId", frame.sessionId());
    json.put("modality", frame.modality().name());
    json.put("firstSampleIndex", frame.firstSampleIndex());
    json.put("deviceTimeMicros", frame.deviceTimeMicros());
    json.put("gatewayTimeMicros", "" + frame.gatewayTimeMicros());
    json.put("sampleRateHz", frame.sampleRateHz());
    frame.channels().forEach(json.putArray("channels")::add);
    json.put("unit", frame.unit()).put("endOfSession", frame.endOfSession());
    ArrayNode samples = json.putArray("samples");
    for (float[] channel : frame.samples()) {
      ArrayNode values = samples.addArray();
      for (float value : channel) {
        if (Float.isNaN(value)) {
          values.addNull();
        } else {
          values.add(value);
        }
      }
    }
    return json;
  }

  @Property(tries = 200)
  void protobufsOwnJsonIsRead(@ForAll("frames") SignalFrame frame)
      throws InvalidProtocolBufferException {
    var message = SignalFrameCodec.toMessage(frame);

    assertThat(read(JsonFormat.printer().print(message))).isEqualTo(message);
    assertThat(read(JsonFormat.printer().preservingProtoFieldNames().print(message)))
        .isEqualTo(message);
  }

  @Property(tries = 200)
  void samplesAsNumbersAreRead(@ForAll("frames") SignalFrame frame) {
    SignalFrame finite = finite(frame);

    SignalFrame read = SignalFrameCodec.fromMessage(read(withNumbers(finite).toString()));

    assertThat(Arrays.deepEquals(read.samples(), finite.samples())).isTrue();
    assertThat(read)
        .usingRecursiveComparison()
        .ignoringFields("samples", "leadOff")
        .isEqualTo(finite);
  }

  private static SignalFrame finite(SignalFrame frame) {
    for (float[] channel : frame.samples()) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = Float.isInfinite(channel[i]) ? Float.MAX_VALUE : channel[i];
      }
    }
    return frame;
  }

  @Test
  void int16SamplesStayThose() throws InvalidProtocolBufferException {
    byte[] bytes =
        SignalFrameCodec.encodeInt16(
            new SignalFrame(
                "s",
                "1",
                Modality.EMG,
                0,
                0,
                0,
                200,
                List.of("1"),
                "uV",
                new float[][] {{1, 2.5f, -3}},
                new BitSet(),
                true),
            new double[] {0.5},
            new double[] {0});
    var message = io.physiowave.core.wire.SignalFrame.parseFrom(bytes);

    assertThat(read(JsonFormat.printer().print(message)).toByteArray()).isEqualTo(bytes);
    assertThat(message.getInt16().getData().size()).isEqualTo(6);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void anyTextIsReadOrRefused(
      @ForAll String text,
      @ForAll("frames") SignalFrame frame,
      @ForAll @IntRange(max = 9999) int at) {
    mayOnlyRefuse(text);
    String json = withNumbers(finite(frame)).toString();
    mayOnlyRefuse(json.substring(0, at % json.length()) + text);
  }

  private static void mayOnlyRefuse(String text) {
    try {
      read(text);
    } catch (InvalidFrameException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }

  @Nested
  class WhatIsWrongIsNamed {
    private final ObjectNode frame = withNumbers(SignalFrames.example());

    private void assertRefused(String reason) {
      assertRefused(frame.toString(), reason);
    }

    private static void assertRefused(String json, String reason) {
      assertThatThrownBy(() -> read(json))
          .isInstanceOf(InvalidFrameException.class)
          .hasMessage(reason);
    }

    @Test
    void aMisspeltField() {
      frame.put("steamId", "device-7");
      assertRefused(
          "field 'steamId' is unknown; expected one of streamId, sessionId, modality,"
              + " firstSampleIndex, deviceTimeMicros, gatewayTimeMicros, sampleRateHz, channels,"
              + " unit, samples, float32, int16, leadOff, endOfSession");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "streamId         | 7              | streamId is 7; expected a text",
          "streamId         | null           | streamId is null; expected a text",
          "modality         | \"ecg\"        | modality is 'ecg'; expected one of ECG, EMG, EEG",
          "modality         | 1              | modality is 1; expected a text",
          "firstSampleIndex | 1.5            | firstSampleIndex is 1.5; expected an integer",
          "firstSampleIndex | \"x\"          | firstSampleIndex is 'x'; expected an integer",
          "firstSampleIndex | 99999999999999999999 | firstSampleIndex is 99999999999999999999; expected an integer of 64 bits",
          "sampleRateHz     | \"NaN\"        | sampleRateHz is 'NaN'; expected a number",
          "channels         | \"II\"         | channels is 'II'; expected an array",
          "channels         | [\"II\", 3]    | channels[1] is 3; expected a text",
          "samples          | [1, 2]         | samples[0] is 1; expected an array with the samples of one channel",
          "samples          | [[1], [\"NaN\"]] | samples[1][0] is 'NaN'; expected a number of at most 3.4e38 either way, or null where the sample is missing",
          "samples          | [[1, 1e39], []] | samples[0][1] is 1e39; expected a number of at most 3.4e38 either way, or null where the sample is missing",
          "samples          | [[1, 2], [3]]  | samples[1] has 1 samples; expected 2 as in samples[0]",
          "samples          | [[1, 2]]       | samples has 1 channels; expected 2, one for each name in channels",
          "leadOff          | [0]            | leadOff[0] is 0; expected true or false",
          "endOfSession     | \"yes\"        | endOfSession is 'yes'; expected true or false",
          "unit             | {\"a\": 1}     | unit is an object; expected a text",
        })
    void aValueOfAnotherType(String field, String value, String reason) throws Exception {
      frame.set(field, JSON.readTree(value));
      String json = frame.toString();
      assertRefused(
          value.equals("[[1, 1e39], []]") ? json.replace("1.0E39", "1e39") : json, reason);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "float32 | \"$%\"                  | float32 is '$%'; expected base64",
          "int16   | \"AA==\"                | int16 is 'AA=='; expected an object with data, gain and offset",
          "int16   | {\"gains\": [1]}        | field 'int16.gains' is unknown; expected int16.data, int16.gain or int16.offset",
          "int16   | {\"gain\": [true]}      | int16.gain[0] is true; expected a number",
        })
    void bytesThatAreNone(String field, String value, String reason) throws Exception {
      frame.remove("samples");
      frame.set(field, JSON.readTree(value));
      assertRefused(reason);
    }

    @Test
    void samplesInTwoForms() {
      frame.put("float32", "");
      assertRefused("the frame has both samples and float32; expected one of them");
    }

    @Test
    void aFieldThatComesTwice() {
      assertThatThrownBy(() -> read("{\"unit\": \"mV\", \"unit\": \"V\"}"))
          .hasMessageContaining("the text is not JSON: line 1")
          .hasMessageContaining("Duplicate field 'unit'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{", "{\"unit\": NaN}", "{\"unit\": \"mV\",}"})
    void aTextThatIsNotJson(String text) {
      assertThatThrownBy(() -> read(text))
          .isInstanceOf(InvalidFrameException.class)
          .hasMessageMatching("(?s)the text is not JSON: .*|the frame is missing; .*");
    }

    @Test
    void twoFramesWhereOneIsExpected() {
      assertRefused("{}{}", "the text goes on after the frame; expected one frame");
      assertRefused(
          "[]", "the frame is an array; expected a JSON object with the fields of a SignalFrame");
    }

    @Test
    void aLongValueIsCutShort() {
      frame.put("modality", "E".repeat(1000));
      assertRefused("modality is '" + "E".repeat(40) + "...'; expected one of ECG, EMG, EEG");
    }
  }

  @Test
  void afterARefusedFrameTheNextIsRead() throws Exception {
    String good = withNumbers(SignalFrames.example()).toString();
    String bad = "{\"samples\": [[1], [2, \"x\", [3]], {\"a\": [1]}], \"unit\": {\"b\": 2}}";
    try (JsonParser parser = SignalFrameJson.FACTORY.createParser("[" + bad + ",7," + good + "]")) {
      parser.nextToken();
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      assertThatThrownBy(() -> SignalFrameJson.read(parser))
          .hasMessageStartingWith("samples[1][1] is 'x'");
      parser.nextToken();
      assertThatThrownBy(() -> SignalFrameJson.read(parser))
          .hasMessageStartingWith("the frame is 7");
      parser.nextToken();
      assertThat(SignalFrameJson.read(parser).getStreamId()).isEqualTo("device-7");
      assertThat(parser.nextToken()).isEqualTo(JsonToken.END_ARRAY);
    }
  }
}
