package io.physiowave.gateway.intake;

import com.google.protobuf.CodedOutputStream;
import io.physiowave.core.frame.FrameAdmission;
import io.physiowave.core.frame.SignalFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/** Dates frames whose sender left that to the gateway. */
final class GatewayClock {
  private static final int FIELD =
      io.physiowave.core.wire.SignalFrame.GATEWAY_TIME_MICROS_FIELD_NUMBER;

  private final Clock clock;

  GatewayClock(Clock clock) {
    this.clock = clock;
  }

  /**
   * The bytes of a frame with the time of now as gateway time, if it has none.
   *
   * <p>The field is appended, for a message may hold its fields in any order and of one that comes
   * twice the last counts: so every other byte stays as the device sent it.
   */
  byte[] stamp(SignalFrame frame, byte[] bytes) {
    if (frame.gatewayTimeMicros() != 0) {
      return bytes;
    }
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    int size = CodedOutputStream.computeInt64Size(FIELD, micros);
    // A frame of the greatest length stays one: the time is only for people.
    if (bytes.length + size > FrameAdmission.DEFAULT_MAXIMUM_BYTES) {
      return bytes;
    }
    byte[] stamped = Arrays.copyOf(bytes, bytes.length + size);
    try {
      CodedOutputStream.newInstance(stamped, bytes.length, size).writeInt64(FIELD, micros);
    } catch (IOException e) {
      throw new UncheckedIOException("the room for the gateway's time was counted wrongly", e);
    }
    return stamped;
  }
}
