package io.physiowave.core.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.physiowave.core.frame.SignalFrame;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamingResamplerTest {

  private static float[] tone(double hertz, double rate, int count, long first) {
    float[] samples = new float[count];
    for (int i = 0; i < count; i++) {
      samples[i] = (float) Math.cos(2 * Math.PI * hertz * (first + i) / rate);
    }
    return samples;
  }

  private static float[] resample(float[] input, RateRatio ratio, long first) {
    StreamingResampler resampler = new StreamingResampler(ratio, first);
    float[] output = new float[resampler.maximumOutputs(input.length + resampler.lookAhead()) + 2];
    int written = resampler.process(input, 0, input.length, output, 0);
    written += resampler.finish(output, written);
    return Arrays.copyOf(output, written);
  }

  @ParameterizedTest
  @CsvSource({
    "360,90,20",
    "360,250,60",
    "250,360,80",
    "1000,200,60",
    "100,90,30",
    "500,500,200",
    "257.3,100,30",
    "89.99999,90,25",
    "249.9999,90,25",
    "44999.99,90,25",
    "128,1000,45"
  })
  void aToneInThePassbandComesOutWhereItBelongs(double from, double to, double hertz) {
    RateRatio ratio = RateRatio.of(from, to);
    long first = 12_345;
    float[] output = resample(tone(hertz, from, 4000, first), ratio, first);
    long index = ratio.firstOutputAtOrAfter(first);
    int edge = (int) Math.ceil(40 * Math.max(1, to / from));
    for (int i = edge; i < output.length - edge; i++) {
      double expected = Math.cos(2 * Math.PI * hertz * (index + i) / to);
      assertThat((double) output[i]).isCloseTo(expected, within(0.01));
    }
  }

  @ParameterizedTest
  @CsvSource({"360,90,60", "1000,200,125", "500,100,61"})
  void whatWouldFoldBackIsGone(double from, double to, double hertz) {
    float[] output = resample(tone(hertz, from, 4000, 0), RateRatio.of(from, to), 0);
    for (int i = 40; i < output.length - 40; i++) {
      assertThat(output[i]).isCloseTo(0, within(1.1e-3f));
    }
  }

  @Test
  void aConstantPassesExactly() {
    float[] input = new float[500];
    Arrays.fill(input, 2);
    assertThat(resample(input, RateRatio.of(360, 250), 7)).hasSizeGreaterThan(300);
    for (float value : resample(input, RateRatio.of(360, 250), 7)) {
      assertThat(value).isCloseTo(2, within(1e-6f));
    }
  }

  @Test
  void equalRatesCopy() {
    float[] input = {1, Float.MIN_VALUE, -3};
    assertThat(resample(input, RateRatio.of(360, 360), 100)).isEqualTo(input);
  }

  @Test
  void everyOutputOfTheStretchIsWrittenAndNoneBeyond() {
    RateRatio ratio = RateRatio.of(360, 250);
    for (int count = 1; count < 60; count++) {
      assertThat(resample(new float[count], ratio, 11))
          .hasSize((int) (ratio.firstOutputAtOrAfter(11 + count) - ratio.firstOutputAtOrAfter(11)));
    }
  }

  @Property(tries = 60)
  void piecesGiveTheSameBits(
      @ForAll @IntRange(min = 50, max = 2000) int from,
      @ForAll @IntRange(min = 50, max = 2000) int to,
      @ForAll @IntRange(max = 100_000) int seed) {
    RateRatio ratio = RateRatio.of(from, to);
    Random random = new Random(seed);
    float[] input = new float[1500];
    for (int i = 0; i < input.length; i++) {
      input[i] = random.nextFloat();
    }
    float[] whole = resample(input, ratio, seed);
    StreamingResampler resampler = new StreamingResampler(ratio, seed);
    float[] pieces = new float[whole.length];
    int written = 0;
    for (int at = 0; at < input.length; ) {
      int end = Math.min(input.length, at + random.nextInt(400));
      written += resampler.process(input, at, end, pieces, written);
      at = end;
    }
    written += resampler.finish(pieces, written);
    assertThat(written).isEqualTo(whole.length);
    assertThat(pieces).isEqualTo(whole);
  }

  @Test
  void ratesWithoutCommonMeasureAreApproximatedClosely() {
    RateRatio ratio = RateRatio.of(257.3, 100);
    assertThat((double) ratio.up() / ratio.down()).isCloseTo(100 / 257.3, within(1e-7));
    assertThat(RateRatio.of(1000, 1000).isIdentity()).isTrue();
    assertThat(RateRatio.of(360, 250)).isEqualTo(new RateRatio(25, 36));
  }

  /** A device may declare any rate; what its kernel takes is bounded, and so are all products. */
  @Property(tries = 300)
  void anyRateIsApproximatedWithinBounds(
      @ForAll @DoubleRange(min = 50, max = 45_000) double rate,
      @ForAll @IntRange(min = -10_000, max = 10_000) int parts) {
    double off = parts * 1e-9;
    for (double from : new double[] {rate, 250 * (1 + off), 90 * (1 + off), 45_000 * (1 - 1e-7)}) {
      RateRatio ratio = RateRatio.of(from, 90);
      assertThat(ratio.up()).isBetween(1, RateRatio.LARGEST);
      assertThat(ratio.down()).isBetween(1, RateRatio.LARGEST);
      assertThat((double) ratio.up() / ratio.down() * from / 90)
          .isCloseTo(1, within(RateRatio.MAXIMUM_RELATIVE_ERROR));
      long last = SignalFrame.MAXIMUM_SAMPLE_INDEX + SignalFrame.MAXIMUM_SAMPLES;
      long output = ratio.firstOutputAtOrAfter(last);
      assertThat((double) output * from / 90 / last).isCloseTo(1, within(1e-6));
      assertThat(ratio.inputAtOrBefore(output)).isBetween(last, last + 501);
      assertThat(ratio.nearestInput(ratio.nearestOutput(last))).isBetween(last - 501, last + 501);
    }
  }

  @Property(tries = 20)
  void theKernelOfAnyRateIsBounded(@ForAll @IntRange(min = -10_000, max = 10_000) int parts) {
    double off = parts * 1e-9;
    for (double from : new double[] {90, 250, 45_000 * 0.9999}) {
      ResamplingKernel kernel = ResamplingKernel.of(RateRatio.of(from * (1 + off), 90));
      assertThat(kernel.coefficients.length)
          .isLessThanOrEqualTo(ResamplingKernel.MOST_COEFFICIENTS + kernel.taps);
    }
  }

  @Property
  void positionsGoThereAndBack(
      @ForAll @IntRange(min = 1, max = 50) int up,
      @ForAll @IntRange(min = 1, max = 50) int down,
      @ForAll @IntRange(max = 1_000_000) int sample) {
    RateRatio ratio = new RateRatio(up, down);
    assertThat(ratio.inputAtOrBefore(ratio.firstOutputAtOrAfter(sample)))
        .isGreaterThanOrEqualTo(sample);
    double output = (double) sample * up / down;
    assertThat(Math.abs(ratio.nearestOutput(sample) - output)).isLessThanOrEqualTo(0.5 + 1e-9);
    double input = (double) sample * down / up;
    assertThat(Math.abs(ratio.nearestInput(sample) - input)).isLessThanOrEqualTo(0.5 + 1e-9);
  }

  @Test
  void ratesTooFarApartAreRefused() {
    assertThatThrownBy(() -> RateRatio.of(1, 2000))
        .hasMessageContaining("cannot resample from 1.0 Hz to 2000.0 Hz");
  }
}
