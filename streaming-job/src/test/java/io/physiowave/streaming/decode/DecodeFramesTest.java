package io.physiowave.streaming.decode;

import static io.physiowave.streaming.testing.TestSignals.frame;
import static io.physiowave.streaming.testing.TestSignals.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.streaming.options.DecodeOptions;
import io.physiowave.streaming.types.TopicRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecodeFramesTest {
  private OneInputStreamOperatorTestHarness<TopicRecord, ArrivedFrame> harness;

  @BeforeEach
  void open() throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeFrames(new DecodeOptions(10_000))));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private RejectedFrame rejection(byte[] key, byte[] value) throws Exception {
    TopicRecord record = new TopicRecord(key, value, 3, 42, 7);
    harness.processElement(record, 0);
    assertThat(harness.extractOutputValues()).isEmpty();
    RejectedFrame rejected =
        harness.getSideOutput(RejectedFrame.TAG).stream()
            .map(StreamRecord::getValue)
            .reduce((first, last) -> last)
            .orElseThrow();
    assertThat(rejected.record()).isSameAs(record);
    return rejected;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aFrameOfItsStreamPasses() throws Exception {
    SignalFrame frame = frame("arm", "s", 0, 10, false);

    harness.processElement(record(frame, 1_234), 0);

    ArrivedFrame arrived = harness.extractOutputValues().get(0);
    assertThat(arrived.frame().samples()).isDeepEqualTo(frame.samples());
    assertThat(arrived.record().arrivalMillis()).isEqualTo(1_234);
    assertThat(harness.getSideOutput(RejectedFrame.TAG)).isNull();
  }

  @Test
  void aRecordWithoutAValueIsRejected() throws Exception {
    assertThat(rejection(bytes("arm"), null).message()).isEqualTo("the record has no value");
  }

  @Test
  void bytesThatAreNoFrameAreRejected() throws Exception {
    RejectedFrame rejected = rejection(bytes("arm"), bytes("{\"hello\": 1}"));

    assertThat(rejected.reason()).isEqualTo(RejectionReason.INVALID);
    assertThat(rejected.message()).contains("are not a protobuf SignalFrame");
  }

  @Test
  void aFrameLongerThanAllowedIsRejectedBeforeItIsDecoded() throws Exception {
    RejectedFrame rejected = rejection(bytes("arm"), new byte[10_001]);

    assertThat(rejected.reason()).isEqualTo(RejectionReason.OVERSIZED);
    assertThat(rejected.message()).contains("10001 bytes; expected at most 10000");
  }

  @Test
  void aFrameUnderAnotherKeyIsRejected() throws Exception {
    byte[] value = SignalFrameCodec.encode(frame("arm", "s", 0, 10, false));

    assertThat(rejection(bytes("leg"), value).message())
        .isEqualTo("the record's key is 'leg'; expected the stream id 'arm'");
    assertThat(rejection(null, value).message())
        .isEqualTo("the record's key is missing; expected the stream id 'arm'");
    assertThat(rejection(null, value).reason()).isEqualTo(RejectionReason.WRONG_KEY);
  }

  @Test
  void noBytesWhateverStopTheJob() throws Exception {
    byte[] frame = SignalFrameCodec.encode(frame("arm", "s", 0, 10, false));
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = Arrays.copyOf(frame, 1 + random.nextInt(frame.length));
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      harness.processElement(new TopicRecord(bytes("arm"), damaged, 0, i, 0), 0);
    }

    assertThat(
            harness.extractOutputValues().size() + harness.getSideOutput(RejectedFrame.TAG).size())
        .isEqualTo(2_000);
  }
}
