package io.physiowave.core.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FrameAdmissionTest {
  private final byte[] frame = SignalFrameCodec.encode(SignalFrames.example());

  @Test
  void aFrameIsTaken() {
    assertThat(FrameAdmission.DEFAULT.admit(frame).streamId()).isEqualTo("device-7");
    assertThat(new FrameAdmission(frame.length).admit(frame).streamId()).isEqualTo("device-7");
  }

  @Test
  void whatIsRefusedSaysWhy() {
    assertRefused(
        null, RejectionReason.INVALID, "the frame is missing; expected a protobuf SignalFrame");
    assertRefused(
        new byte[] {1, 2}, RejectionReason.INVALID, "the 2 bytes are not a protobuf SignalFrame");
    assertRefused(
        new byte[0], RejectionReason.INVALID, "channels is empty; expected 1 to 256 names");
    assertRefused(
        new byte[1_000_001],
        RejectionReason.OVERSIZED,
        "the frame has 1000001 bytes; expected at most 1000000: send shorter frames");
  }

  private static void assertRefused(byte[] bytes, RejectionReason reason, String message) {
    assertThatThrownBy(() -> FrameAdmission.DEFAULT.admit(bytes))
        .isInstanceOfSatisfying(
            RefusedFrameException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageStartingWith(message);
  }
}
