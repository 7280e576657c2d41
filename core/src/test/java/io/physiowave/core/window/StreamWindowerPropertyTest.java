package io.physiowave.core.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.dsp.RateRatio;
import io.physiowave.core.dsp.SignalFilter;
import io.physiowave.core.dsp.StreamingResampler;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** How a session arrives must not matter. */
class StreamWindowerPropertyTest {
  private static final int TRIES = 25;

  @Provide
  Arbitrary<Double> streamRates() {
    return Arbitraries.of(100.0, 128.0, 200.0, 250.0, 257.3, 360.0, 500.0, 1000.0);
  }

  @Property(tries = TRIES)
  void beatWindowsDoNotDependOnHowSamplesArriveNorOnRestoring(
      @ForAll("streamRates") double rate, @ForAll @IntRange(max = 1_000_000) int seed) {
    WindowPlan plan = Plans.beats(rate, List.of("MLII", "V5"), "mV");
    Session session = Session.of(2, rate, 20, seed).disturbed(rate, seed);
    List<CutWindow> whole = session.play(new StreamWindower(plan, 0));
    List<CutWindow> pieces = session.playInPieces(new StreamWindower(plan, 0), seed, null);
    List<CutWindow> restored = session.playInPieces(new StreamWindower(plan, 0), ~seed, plan);
    assertThat(whole).isNotEmpty();
    assertSame(pieces, whole);
    assertSame(restored, whole);
  }

  @Property(tries = TRIES)
  void slidingWindowsDoNotDependOnHowSamplesArriveNorOnRestoring(
      @ForAll("streamRates") double rate,
      @ForAll @IntRange(min = 2, max = 50) int hop,
      @ForAll @IntRange(max = 1_000_000) int seed) {
    WindowPlan plan = Plans.sliding(rate, 200, 50, hop);
    Session session = Session.of(2, rate, 6, seed).disturbed(rate, seed);
    List<CutWindow> whole = session.play(new StreamWindower(plan, 0));
    assertSame(session.playInPieces(new StreamWindower(plan, 0), seed, null), whole);
    assertSame(session.playInPieces(new StreamWindower(plan, 0), ~seed, plan), whole);
  }

  @Property(tries = TRIES)
  void slidingWindowsAreSlicesOfTheSessionFilteredAndResampledAsAWhole(
      @ForAll("streamRates") double rate,
      @ForAll @IntRange(min = 2, max = 50) int hop,
      @ForAll @IntRange(max = 1_000_000) int seed) {
    WindowPlan plan = Plans.sliding(rate, 200, 50, hop);
    Session session = Session.of(2, rate, 4, seed);
    List<CutWindow> windows = session.playInPieces(new StreamWindower(plan, 0), seed, null);
    float[] first = offline(session.samples[1], rate);
    float[] second = offline(session.samples[0], rate);
    int expected = (first.length - 50) / hop + 1;
    assertThat(windows).hasSize(expected);
    for (int w = 0; w < expected; w++) {
      float[] input = new float[150];
      System.arraycopy(first, w * hop, input, 0, 50);
      System.arraycopy(second, w * hop, input, 50, 50);
      assertThat(windows.get(w).input()).isEqualTo(input);
      assertThat(windows.get(w).startSample())
          .isEqualTo(RateRatio.of(rate, 200).nearestInput((long) w * hop));
    }
  }

  private static float[] offline(float[] samples, double rate) {
    float[] signal = new float[samples.length];
    for (int i = 0; i < signal.length; i++) {
      signal[i] = samples[i] * 1000f;
    }
    new SignalFilter(Plans.sliding(rate, 200, 50, 50).filters(), rate)
        .process(signal, 0, signal.length);
    StreamingResampler resampler = new StreamingResampler(RateRatio.of(rate, 200), 0);
    float[] output = new float[resampler.maximumOutputs(signal.length + 2000) + 1];
    int written = resampler.process(signal, 0, signal.length, output, 0);
    written += resampler.finish(output, written);
    return Arrays.copyOf(output, written);
  }

  static void assertSame(List<CutWindow> actual, List<CutWindow> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).input()).isEqualTo(expected.get(i).input());
      assertThat(actual.get(i)).usingRecursiveComparison().isEqualTo(expected.get(i));
    }
  }
}
