package io.physiowave.dashboard.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.frame.SignalFrame;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WaveformReducerTest {

  @Nested
  class WithFourSamplesABucket {

    @Test
    void keepsTheExtremesInTheOrderTheyCame() {
      List<WaveformReducer.Run> runs = reduce(0, 0.1f, 0.9f, -0.4f, 0.2f, 0f, -1f, 2f, 1f);

      assertThat(runs).hasSize(1);
      assertThat(runs.get(0).firstPoint()).isZero();
      assertThat(values(runs.get(0))).containsExactly(900, -400, -1000, 2000);
    }

    @Test
    void waitsForTheBucketToFill() {
      assertThat(reduce(0, 1f, 2f, 3f)).isEmpty();
    }

    @Test
    void countsPointsFromTheSessionsFirstSample() {
      assertThat(reduce(400, 1f, 2f, 3f, 4f).get(0).firstPoint()).isEqualTo(200);
    }

    @Test
    void marksABucketWithoutAnyValueAsMissing() {
      List<WaveformReducer.Run> runs = reduce(0, Float.NaN, Float.NaN, Float.NaN, Float.NaN);

      assertThat(values(runs.get(0)))
          .containsExactly(WaveformReducer.MISSING, WaveformReducer.MISSING);
    }

    @Test
    void passesOverSingleMissingSamples() {
      assertThat(values(reduce(0, Float.NaN, 1f, 3f, Float.NaN).get(0)))
          .containsExactly(1000, 3000);
    }
  }

  @Nested
  class OverSeveralFrames {

    @Test
    void splitsTheRunWhereSamplesAreLost() {
      WaveformReducer reducer = new WaveformReducer(Samples.frame("a", 0, 0f));
      reducer.add(Samples.frame("a", 0, 1f, 1f, 1f, 1f));
      reducer.add(Samples.frame("a", 40, 2f, 2f, 2f, 2f));

      assertThat(reducer.drain())
          .extracting(WaveformReducer.Run::firstPoint)
          .containsExactly(0L, 20L);
    }

    @Test
    void takesRepeatedSamplesOnce() {
      WaveformReducer reducer = new WaveformReducer(Samples.frame("a", 0, 0f));
      reducer.add(Samples.frame("a", 0, 1f, 1f, 1f, 1f));
      reducer.add(Samples.frame("a", 0, 9f, 9f, 9f, 9f));
      reducer.add(Samples.frame("a", 2, 9f, 9f, 3f, 3f, 3f, 3f));

      List<WaveformReducer.Run> runs = reducer.drain();

      assertThat(runs).hasSize(1);
      assertThat(values(runs.get(0))).containsExactly(1000, 1000, 3000, 3000);
    }

    @Test
    void drawsOnAfterAFrameWithAWrongIndex() {
      WaveformReducer reducer = new WaveformReducer(Samples.frame("a", 0, 0f));
      reducer.add(Samples.frame("a", 0, 1f, 1f, 1f, 1f));
      reducer.add(Samples.frame("a", 1L << 40, 7f, 7f, 7f, 7f));
      reducer.add(Samples.frame("a", 4, 2f, 2f, 2f, 2f));

      List<WaveformReducer.Run> runs = reducer.drain();

      assertThat(runs).hasSize(1);
      assertThat(values(runs.get(0))).containsExactly(1000, 1000, 2000, 2000);
    }

    @Test
    void drawsOnAfterAFirstFrameWithAWrongIndexWithTheSecondThatDiffers() {
      SignalFrame wrong = Samples.frame("a", 1L << 40, 7f, 7f, 7f, 7f);
      WaveformReducer reducer = new WaveformReducer(wrong);
      reducer.add(wrong);
      reducer.add(Samples.frame("a", 4, 2f, 2f, 2f, 2f));
      reducer.add(Samples.frame("a", 8, 3f, 3f, 3f, 3f));

      List<WaveformReducer.Run> runs = reducer.drain();

      assertThat(runs).hasSize(1);
      assertThat(runs.get(0).firstPoint()).isEqualTo(4);
      assertThat(values(runs.get(0))).containsExactly(3000, 3000);
    }

    /** A device that was offline sends what it kept, between the frames of now. */
    @Test
    void drawsWhatIsNewWhileOldFramesComeInBetween() {
      SignalFrame first = Samples.frame("a", 1_000_000, 1f, 1f, 1f, 1f);
      WaveformReducer reducer = new WaveformReducer(first);
      reducer.add(first);
      for (int i = 1; i <= 3; i++) {
        reducer.add(Samples.frame("a", 4L * i, 7f, 7f, 7f, 7f));
        reducer.add(Samples.frame("a", 1_000_000 + 4L * i, 2f, 2f, 2f, 2f));
      }

      List<WaveformReducer.Run> runs = reducer.drain();

      assertThat(runs).hasSize(1);
      assertThat(values(runs.get(0)))
          .containsExactly(1000, 1000, 2000, 2000, 2000, 2000, 2000, 2000);
    }

    @Test
    void goesOnAfterALongSilenceWithTheSecondFrame() {
      WaveformReducer reducer = new WaveformReducer(Samples.frame("a", 0, 0f));
      reducer.add(Samples.frame("a", 0, 1f, 1f, 1f, 1f));
      reducer.add(Samples.frame("a", 1_000_000, 2f, 2f, 2f, 2f));
      reducer.add(Samples.frame("a", 1_000_004, 3f, 3f, 3f, 3f));

      assertThat(reducer.drain())
          .extracting(WaveformReducer.Run::firstPoint)
          .containsExactly(0L, 500_002L);
    }

    @Test
    void forgetsTheOldestPointsWhenNobodyDrains() {
      WaveformReducer reducer = new WaveformReducer(Samples.frame("a", 0, 0f));
      reducer.add(Samples.frame("a", 0, new float[WaveformReducer.CAPACITY * 2 + 400]));

      WaveformReducer.Run kept = reducer.drain().get(0);

      assertThat(kept.microvolts()).hasSize(WaveformReducer.CAPACITY);
      assertThat(kept.firstPoint()).isEqualTo(200);
    }
  }

  @Property(tries = 100)
  void givesTheSamePointsHoweverTheSamplesAreCut(
      @ForAll @Size(min = 8, max = 200) List<@FloatRange(min = -5, max = 5) Float> millivolts,
      @ForAll @IntRange(min = 1, max = 30) int frameLength) {
    float[] all = new float[millivolts.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = millivolts.get(i);
    }
    WaveformReducer reducer = new WaveformReducer(Samples.frame("a", 0, 0f));
    for (int from = 0; from < all.length; from += frameLength) {
      int to = Math.min(all.length, from + frameLength);
      reducer.add(Samples.frame("a", from, java.util.Arrays.copyOfRange(all, from, to)));
    }

    assertThat(values(reducer.drain().get(0))).isEqualTo(values(reduce(0, all).get(0)));
  }

  private static List<WaveformReducer.Run> reduce(long firstSample, float... millivolts) {
    WaveformReducer reducer = new WaveformReducer(Samples.frame("a", firstSample, 0f));
    reducer.add(Samples.frame("a", firstSample, millivolts));
    return reducer.drain();
  }

  private static List<Integer> values(WaveformReducer.Run run) {
    List<Integer> values = new ArrayList<>();
    run.microvolts().forEach(point -> values.add(point[0]));
    return values;
  }
}
