package io.physiowave.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.physiowave.core.frame.FrameAdmission;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.core.wire.SignalFrame;
import io.physiowave.gateway.testing.TestFrames;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class GatewayClockTest {
  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00.123456Z");
  private static final long MICROS = 1_795_687_200_123_456L;

  private final GatewayClock clock = new GatewayClock(Clock.fixed(NOW, ZoneOffset.UTC));

  private byte[] stamped(byte[] bytes) {
    return clock.stamp(SignalFrameCodec.decode(bytes), bytes);
  }

  @Property(tries = 200)
  void onlyTheTimeIsAdded(
      @ForAll @LongRange(min = 0, max = 1L << 40) long first,
      @ForAll long deviceTime,
      @ForAll byte[] unknown)
      throws InvalidProtocolBufferException {
    // A field of a later release, which this one does not know, between those that it does.
    byte[] sent =
        SignalFrameCodec.toMessage(TestFrames.frame("s", 0)).toBuilder()
            .setFirstSampleIndex(first)
            .setDeviceTimeMicros(deviceTime)
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(
                        99,
                        UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFrom(unknown))
                            .build())
                    .build())
            .build()
            .toByteArray();

    byte[] stamped = stamped(sent);

    assertThat(Arrays.copyOf(stamped, sent.length)).isEqualTo(sent);
    assertThat(SignalFrame.parseFrom(stamped))
        .isEqualTo(SignalFrame.parseFrom(sent).toBuilder().setGatewayTimeMicros(MICROS).build());
  }

  @Test
  void aTimeThatIsThereStays() {
    byte[] sent =
        SignalFrameCodec.toMessage(TestFrames.frame("s", 0)).toBuilder()
            .setGatewayTimeMicros(1)
            .build()
            .toByteArray();

    assertThat(stamped(sent)).isSameAs(sent);
  }

  @Test
  void aFrameOfTheGreatestLengthStaysOne() {
    byte[] small = TestFrames.protobuf("s", 0);
    byte[] largest =
        SignalFrameCodec.toMessage(TestFrames.frame("s", 0)).toBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(
                        99,
                        UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(
                                ByteString.copyFrom(
                                    new byte
                                        [FrameAdmission.DEFAULT_MAXIMUM_BYTES - small.length - 5]))
                            .build())
                    .build())
            .build()
            .toByteArray();

    assertThat(largest).hasSize(FrameAdmission.DEFAULT_MAXIMUM_BYTES);
    assertThat(stamped(largest)).isSameAs(largest);
  }
}
