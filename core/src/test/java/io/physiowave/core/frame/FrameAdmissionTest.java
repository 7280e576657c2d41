package io.physiowave.core.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
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

  /** Two bytes each, which would become lists, names and arrays of tens of bytes each. */
  @Test
  void aFrameOfCountlessFieldsIsRefusedBeforeItIsMade() {
    int bytes = 64_000_000;
    assertRefusedWithoutMemory(
        repeated(bytes, (8 << 3) | 2, 0), "channels has more than 256 names; expected 1 to 256");
    assertRefusedWithoutMemory(
        repeated(bytes, 12 << 3, 1), "the frame has more than 2000 fields; expected fewer");
    assertRefusedWithoutMemory(
        repeated(bytes, 15 << 3, 1), "the frame has more than 2000 fields; expected fewer");
    assertRefusedWithoutMemory(
        repeated(bytes, (15 << 3) | 3, (15 << 3) | 4),
        "the frame has more than 2000 fields; expected fewer");
    byte[] nested = repeated(bytes, 15 << 3, 1);
    nested[0] = (10 << 3) | 2;
    putVarint(nested, 1, bytes - 6);
    assertRefusedWithoutMemory(nested, "the frame has more than 2000 fields; expected fewer");
  }

  @Test
  void aFrameOfAsManyFieldsAsChannelsNeedIsTaken() throws Exception {
    int channels = 256;
    ByteArrayOutputStream samples = new ByteArrayOutputStream();
    CodedOutputStream gains = CodedOutputStream.newInstance(samples);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(1, "s");
    out.writeString(2, "1");
    out.writeEnum(3, 1);
    out.writeDouble(7, 250);
    out.writeString(9, "mV");
    gains.writeByteArray(1, new byte[2 * channels]);
    for (int channel = 0; channel < channels; channel++) {
      out.writeString(8, "c" + channel);
      out.writeBool(12, channel == 3);
      gains.writeDouble(2, 1);
      gains.writeDouble(3, channel);
    }
    gains.flush();
    out.writeByteArray(10, samples.toByteArray());
    out.flush();

    SignalFrame taken = FrameAdmission.DEFAULT.admit(bytes.toByteArray());

    assertThat(taken.channels()).hasSize(channels);
    assertThat(taken.samples()[255]).containsExactly(255);
    assertThat(taken.leadOff().stream()).containsExactly(3);
  }

  private static byte[] repeated(int bytes, int first, int second) {
    byte[] all = new byte[bytes];
    for (int i = 0; i < bytes; i += 2) {
      all[i] = (byte) first;
      all[i + 1] = (byte) second;
    }
    return all;
  }

  /** In five bytes, whatever its size. */
  private static void putVarint(byte[] all, int at, int value) {
    for (int i = 0; i < 5; i++) {
      all[at + i] = (byte) (((value >>> (7 * i)) & 0x7F) | (i < 4 ? 0x80 : 0));
    }
  }

  private static void assertRefusedWithoutMemory(byte[] bytes, String message) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> new FrameAdmission(bytes.length).admit(bytes))
        .isInstanceOf(RefusedFrameException.class)
        .hasMessage(message);
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000_000);
  }

  private static void assertRefused(byte[] bytes, RejectionReason reason, String message) {
    assertThatThrownBy(() -> FrameAdmission.DEFAULT.admit(bytes))
        .isInstanceOfSatisfying(
            RefusedFrameException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageStartingWith(message);
  }
}
