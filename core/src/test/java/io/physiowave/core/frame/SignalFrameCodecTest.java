package io.physiowave.core.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SignalFrameCodecTest {

  @Provide
  Arbitrary<SignalFrame> frames() {
    return SignalFrames.any();
  }

  private static void assertSame(SignalFrame actual, SignalFrame expected) {
    assertThat(Arrays.deepEquals(actual.samples(), expected.samples())).isTrue();
    assertThat(actual).usingRecursiveComparison().ignoringFields("samples").isEqualTo(expected);
  }

  @Property(tries = 100)
  void everyFrameSurvivesBytesBitForBit(@ForAll("frames") SignalFrame frame) {
    assertSame(SignalFrameCodec.decode(SignalFrameCodec.encode(frame)), frame);
  }

  @Property(tries = 100)
  void int16SamplesAreRightToHalfAStep(
      @ForAll @Size(min = 1, max = 50) List<@IntRange(min = -30_000, max = 30_000) Integer> steps) {
    double gain = 0.005;
    double offset = -1.5;
    float[] samples = new float[steps.size()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (steps.get(i) * gain + offset);
    }
    SignalFrame frame = frameOf(samples);
    byte[] bytes = SignalFrameCodec.encodeInt16(frame, new double[] {gain}, new double[] {offset});
    float[] decoded = SignalFrameCodec.decode(bytes).samples()[0];
    for (int i = 0; i < samples.length; i++) {
      assertThat(decoded[i]).isCloseTo(samples[i], within((float) gain / 2));
    }
  }

  private static SignalFrame frameOf(float... samples) {
    return new SignalFrame(
        "s",
        "1",
        Modality.EMG,
        0,
        0,
        0,
        200,
        List.of("1"),
        "uV",
        new float[][] {samples},
        new BitSet(),
        false);
  }

  @Test
  void aSampleThatInt16CannotHoldIsRefused() {
    assertThatThrownBy(
            () -> SignalFrameCodec.encodeInt16(frameOf(400), new double[] {0.01}, new double[] {0}))
        .isInstanceOf(InvalidFrameException.class)
        .hasMessageContaining("sample 400.0 of channel 1 does not fit int16");
    assertThatThrownBy(
            () ->
                SignalFrameCodec.encodeInt16(
                    frameOf(Float.NaN), new double[] {0.01}, new double[] {0}))
        .isInstanceOf(InvalidFrameException.class);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void damagedBytesNeverThrowAnythingElse(
      @ForAll("frames") SignalFrame frame, @ForAll @IntRange(max = 1_000_000) int seed) {
    byte[] bytes = SignalFrameCodec.encode(frame);
    Random random = new Random(seed);
    for (int i = 0; i < 1 + seed % 4 && bytes.length > 0; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    int length = random.nextInt(bytes.length + 1);
    mayOnlyRefuse(() -> SignalFrameCodec.decode(Arrays.copyOf(bytes, length)));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void anyBytesNeverThrowAnythingElse(@ForAll byte[] bytes) {
    mayOnlyRefuse(() -> SignalFrameCodec.decode(bytes));
  }

  private static void mayOnlyRefuse(Runnable decoding) {
    try {
      decoding.run();
    } catch (InvalidFrameException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }

  @Test
  void eachBrokenFieldIsNamedWithItsValue() {
    var valid = SignalFrameCodec.toMessage(SignalFrames.example());
    assertRefused(valid.toBuilder().clearStreamId(), "stream_id is missing");
    assertRefused(valid.toBuilder().setSessionId("x".repeat(201)), "session_id has 201 characters");
    assertRefused(valid.toBuilder().setFirstSampleIndex(-4), "first_sample_index is -4");
    assertRefused(
        valid.toBuilder().setFirstSampleIndex(Long.MAX_VALUE),
        "first_sample_index is 9223372036854775807");
    assertRefused(valid.toBuilder().setSampleRateHz(Double.NaN), "sample_rate_hz is NaN");
    assertRefused(valid.toBuilder().clearChannels(), "channels is empty");
    assertRefused(valid.toBuilder().setChannels(1, "MLII"), "repeats a name");
    assertRefused(
        valid.toBuilder().setChannels(1, "x".repeat(201)),
        "channels holds a name of 201 characters");
    assertRefused(valid.toBuilder().setUnit("volt"), "unit is 'volt'; expected one of V, mV, uV");
    assertRefused(valid.toBuilder().clearModality(), "modality is MODALITY_UNSPECIFIED");
    assertRefused(valid.toBuilder().setModalityValue(77), "modality is UNRECOGNIZED");
    assertRefused(valid.toBuilder().clearSamples(), "neither int16 nor float32 samples");
    assertRefused(
        valid.toBuilder().setFloat32(ByteString.copyFrom(new byte[7])),
        "the samples take 7 bytes; expected a multiple of 2 channels x 4 bytes");
    assertRefused(
        valid.toBuilder().addLeadOff(false).addLeadOff(false).addLeadOff(true),
        "lead_off names channel position 2; the frame has 2 channels");
    assertRefused(
        valid.toBuilder().setInt16(io.physiowave.core.wire.Int16Samples.newBuilder().addGain(1)),
        "int16 has 1 gains and 0 offsets; expected 2 of each");
  }

  private static void assertRefused(
      io.physiowave.core.wire.SignalFrame.Builder message, String reason) {
    assertThatThrownBy(() -> SignalFrameCodec.decode(message.build().toByteArray()))
        .isInstanceOf(InvalidFrameException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void unitsConvert() {
    assertThat(SignalFrame.unitFactor("mV", "uV")).isCloseTo(1000, within(1e-9));
    assertThat(SignalFrame.unitFactor("V", "mV")).isCloseTo(1000, within(1e-9));
    assertThatThrownBy(() -> SignalFrame.unitFactor("mV", "bar"))
        .hasMessage("unit 'bar' is unknown; expected one of V, mV, uV");
  }
}
