package io.physiowave.streaming.decode;

import static io.physiowave.streaming.testing.TestSignals.frame;
import static io.physiowave.streaming.testing.TestSignals.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.frame.RejectionReason;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.streaming.options.DecodeOptions;
import io.physiowave.streaming.types.TopicRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
  private final FrameDecoder decoder =
      new FrameDecoder(
          new DecodeOptions(10_000), UnregisteredMetricsGroup.createOperatorMetricGroup());
  private final List<RejectedFrame> rejections = new ArrayList<>();

  private Optional<ArrivedFrame> decode(TopicRecord record) {
    return decoder.decode(
        record,
        (rejected, reason, message) ->
            rejections.add(new RejectedFrame(rejected, reason, message)));
  }

  private RejectedFrame rejection(byte[] key, byte[] value) {
    TopicRecord record = new TopicRecord(key, value, 3, 42, 7);
    assertThat(decode(record)).isEmpty();
    RejectedFrame rejected = rejections.get(rejections.size() - 1);
    assertThat(rejected.record()).isSameAs(record);
    return rejected;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aFrameOfItsStreamPasses() {
    SignalFrame frame = frame("arm", "s", 0, 10, false);

    ArrivedFrame arrived = decode(record(frame, 1_234)).orElseThrow();

    assertThat(arrived.frame().samples()).isDeepEqualTo(frame.samples());
    assertThat(arrived.record().arrivalMillis()).isEqualTo(1_234);
    assertThat(rejections).isEmpty();
  }

  @Test
  void aRecordWithoutAValueIsRejected() {
    assertThat(rejection(bytes("arm"), null).message())
        .isEqualTo("the frame is missing; expected a protobuf SignalFrame");
  }

  @Test
  void bytesThatAreNoFrameAreRejected() {
    RejectedFrame rejected = rejection(bytes("arm"), bytes("{\"hello\": 1}"));

    assertThat(rejected.reason()).isEqualTo(RejectionReason.INVALID);
    assertThat(rejected.message()).contains("are not a protobuf SignalFrame");
  }

  @Test
  void aFrameLongerThanAllowedIsRejectedBeforeItIsDecoded() {
    RejectedFrame rejected = rejection(bytes("arm"), new byte[10_001]);

    assertThat(rejected.reason()).isEqualTo(RejectionReason.OVERSIZED);
    assertThat(rejected.message()).contains("10001 bytes; expected at most 10000");
  }

  @Test
  void aFrameUnderAnotherKeyIsRejected() {
    byte[] value = SignalFrameCodec.encode(frame("arm", "s", 0, 10, false));

    assertThat(rejection(bytes("leg"), value).message())
        .isEqualTo("the record's key is 'leg'; expected the stream id 'arm'");
    assertThat(rejection(null, value).message())
        .isEqualTo("the record's key is missing; expected the stream id 'arm'");
    assertThat(rejection(null, value).reason()).isEqualTo(RejectionReason.WRONG_KEY);
  }

  @Test
  void noBytesWhateverStopTheJob() {
    byte[] frame = SignalFrameCodec.encode(frame("arm", "s", 0, 10, false));
    Random random = new Random(1);
    int frames = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = Arrays.copyOf(frame, 1 + random.nextInt(frame.length));
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      frames += decode(new TopicRecord(bytes("arm"), damaged, 0, i, 0)).isPresent() ? 1 : 0;
    }

    assertThat(frames + rejections.size()).isEqualTo(2_000);
  }
}
