package io.physiowave.core.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalFilterTest {
  private static final double RATE = 360;

  private static double gainAt(double hertz, FilterSpecification specification) {
    float[] tone = new float[(int) (60 * RATE)];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) Math.sin(2 * Math.PI * hertz * i / RATE);
    }
    new SignalFilter(List.of(specification), RATE).process(tone, 0, tone.length);
    double energy = 0;
    int half = tone.length / 2;
    for (int i = half; i < tone.length; i++) {
      energy += (double) tone[i] * tone[i];
    }
    return Math.sqrt(2 * energy / half);
  }

  /** The analogue Butterworth response at the frequency that the bilinear transform maps to. */
  private static double butterworth(double hertz, double cutoffHz, int order) {
    double warped = Math.tan(Math.PI * hertz / RATE) / Math.tan(Math.PI * cutoffHz / RATE);
    return 1 / Math.sqrt(1 + Math.pow(warped, 2 * order));
  }

  @Nested
  class Response {
    @ParameterizedTest
    @CsvSource({"1,10,5", "2,20,20", "4,40,20", "4,40,40", "4,40,60", "8,30,45"})
    void lowPassFollowsButterworthsFormula(int order, double cutoff, double hertz) {
      assertThat(gainAt(hertz, new FilterSpecification.LowPass(order, cutoff)))
          .isCloseTo(butterworth(hertz, cutoff, order), within(2e-4));
    }

    @ParameterizedTest
    @CsvSource({"2,5,1", "2,5,5", "2,5,20", "3,20,10"})
    void highPassFollowsButterworthsFormula(int order, double cutoff, double hertz) {
      double mirrored =
          1
              / Math.sqrt(
                  1
                      + Math.pow(
                          Math.tan(Math.PI * cutoff / RATE) / Math.tan(Math.PI * hertz / RATE),
                          2 * order));
      assertThat(gainAt(hertz, new FilterSpecification.HighPass(order, cutoff)))
          .isCloseTo(mirrored, within(1e-3));
    }

    @Test
    void aNotchRemovesTheMainsAndLittleElse() {
      FilterSpecification notch = new FilterSpecification.Notch(2, 50, 2);
      assertThat(gainAt(50, notch)).isLessThan(1e-3);
      assertThat(gainAt(45, notch)).isCloseTo(1, within(0.02));
      assertThat(gainAt(55, notch)).isCloseTo(1, within(0.02));
    }

    @Test
    void whatAStreamCannotHoldIsLeftOut() {
      float[] samples = {1, 2, 3, 4};
      new SignalFilter(
              List.of(
                  new FilterSpecification.LowPass(4, 200),
                  new FilterSpecification.Notch(2, 180, 2)),
              RATE)
          .process(samples, 0, 4);
      assertThat(samples).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aHighPassThatWouldLeaveNothingIsRefused() {
      assertThatThrownBy(
              () -> new SignalFilter(List.of(new FilterSpecification.HighPass(2, 200)), RATE))
          .hasMessageContaining("200.0 Hz leaves nothing of a stream at 360.0 Hz");
    }
  }

  @Nested
  class State {
    private final List<FilterSpecification> filters =
        List.of(new FilterSpecification.HighPass(2, 0.5), new FilterSpecification.LowPass(4, 40));

    @Test
    void anElectrodeOffsetMakesNoTransient() {
      float[] samples = new float[1000];
      Arrays.fill(samples, 300);
      new SignalFilter(filters, RATE).process(samples, 0, samples.length);
      for (float sample : samples) {
        assertThat(sample).isCloseTo(0, within(1e-6f));
      }
    }

    @Test
    void piecesAndARestoredStateGiveTheSameBits() throws IOException {
      Random random = new Random(5);
      float[] whole = new float[2000];
      for (int i = 0; i < whole.length; i++) {
        whole[i] = (float) random.nextGaussian();
      }
      float[] pieces = whole.clone();
      new SignalFilter(filters, RATE).process(whole, 0, whole.length);
      SignalFilter filter = new SignalFilter(filters, RATE);
      for (int at = 0; at < pieces.length; ) {
        int end = Math.min(pieces.length, at + random.nextInt(50));
        filter.process(pieces, at, end);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        filter.writeTo(new DataOutputStream(bytes));
        filter =
            SignalFilter.readFrom(
                filters, RATE, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        at = end;
      }
      assertThat(pieces).isEqualTo(whole);
    }

    @Test
    void aRestartForgetsThePast() {
      SignalFilter filter = new SignalFilter(filters, RATE);
      filter.process(new float[] {5, -3, 8}, 0, 3);
      filter.restart();
      float[] after = {100, 100};
      filter.process(after, 0, 2);
      assertThat(after[1]).isCloseTo(0, within(1e-6f));
    }
  }
}
