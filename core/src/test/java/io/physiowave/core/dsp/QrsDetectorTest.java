package io.physiowave.core.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.core.score.BeatAnnotation;
import io.physiowave.core.score.BeatComparator;
import io.physiowave.core.score.BeatComparison;
import io.physiowave.core.score.ComparisonPeriod;
import io.physiowave.core.score.DetectionCounts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrsDetectorTest {

  private static List<Long> detect(float[][] leads, double rate) {
    List<Long> beats = new ArrayList<>();
    QrsDetector detector = new QrsDetector(rate, leads.length, 0);
    detector.process(leads, 0, leads[0].length, (sample, known) -> beats.add(sample));
    detector.finish((sample, known) -> beats.add(sample));
    return beats;
  }

  private static void assertFound(List<Long> found, long[] beats, double rate, double seconds) {
    assertThat(found).hasSize(beats.length);
    for (int i = 0; i < beats.length; i++) {
      assertThat(Math.abs(found.get(i) - beats[i]) / rate)
          .as("beat %d at %d, found at %d", i, beats[i], found.get(i))
          .isLessThanOrEqualTo(seconds);
    }
  }

  @Nested
  class CleanSignal {
    @ParameterizedTest
    @ValueSource(doubles = {125, 128, 200, 250, 257.3, 360, 500, 1000})
    void everyBeatIsFoundAtItsPeakAtAnyRate(double rate) {
      float[][] leads = SyntheticEcg.leads(2, rate, 60, 3);
      assertFound(detect(leads, rate), SyntheticEcg.beats(rate, 60, 3), rate, 0.008);
    }

    /**
     * Its first beat stands out from a level that is still that of no beats, and hides the second.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.22, 0.27, 0.3, 0.35, 0.4, 0.8, 1.6})
    void aFastHeartIsHeardFromTheSessionsBeginning(double seconds) {
      double[] times =
          DoubleStream.iterate(0.5, time -> time < 12, time -> time + seconds).toArray();
      float[][] lead = SyntheticEcg.complexes(times, 250, 12.5);

      long[] beats =
          Arrays.stream(times)
              .filter(time -> time > 1)
              .mapToLong(time -> Math.round(time * 250))
              .toArray();
      assertFound(
          detect(lead, 250).stream().filter(beat -> beat > 250).toList(), beats, 250, 0.008);
    }

    @Test
    void anInvertedLeadAloneIsEnough() {
      float[] inverted = SyntheticEcg.leads(2, 360, 60, 8)[1];
      assertFound(
          detect(new float[][] {inverted}, 360), SyntheticEcg.beats(360, 60, 8), 360, 0.008);
    }

    @Test
    void amplitudeDoesNotMatter() {
      float[][] leads = SyntheticEcg.leads(1, 360, 60, 9);
      for (int i = 0; i < leads[0].length; i++) {
        leads[0][i] *= 0.15f;
      }
      assertThat(detect(leads, 360)).hasSameSizeAs(SyntheticEcg.beats(360, 60, 9));
    }

    @Test
    void beatsAreReportedInTime() {
      float[][] leads = SyntheticEcg.leads(2, 360, 60, 4);
      List<Double> delays = new ArrayList<>();
      new QrsDetector(360, 2, 0)
          .process(
              leads, 0, leads[0].length, (sample, known) -> delays.add((known - sample) / 360.0));
      assertThat(delays).allMatch(delay -> delay > 0 && delay < QrsDetector.MAXIMUM_DELAY_SECONDS);
      assertThat(delays.subList(3, delays.size()))
          .allMatch(delay -> delay < QrsDetector.USUAL_DELAY_SECONDS + 0.05);
    }
  }

  @Nested
  class DisturbedSignal {
    @Test
    void aLeadWithoutSignalLeavesTheOtherInCharge() {
      float[][] leads = SyntheticEcg.leads(2, 360, 60, 5);
      Arrays.fill(leads[0], 20 * 360, 40 * 360, Float.NaN);
      List<Long> found = detect(leads, 360);
      long[] beats = SyntheticEcg.beats(360, 60, 5);
      assertThat((double) found.size()).isBetween(beats.length - 2.0, beats.length + 1.0);
    }

    @Test
    void scatteredValuesThatAreNotNumbersAreBridged() {
      float[][] leads = SyntheticEcg.leads(1, 360, 60, 6);
      Random random = new Random(1);
      for (int i = 0; i < 1000; i++) {
        leads[0][random.nextInt(leads[0].length)] =
            i % 2 == 0 ? Float.NaN : Float.NEGATIVE_INFINITY;
      }
      assertThat(detect(leads, 360)).hasSameSizeAs(SyntheticEcg.beats(360, 60, 6));
    }

    @Test
    void flatSignalHasNoBeats() {
      assertThat(detect(new float[2][360 * 60], 360)).isEmpty();
      float[][] nothing = new float[1][360 * 60];
      Arrays.fill(nothing[0], Float.NaN);
      assertThat(detect(nothing, 360)).isEmpty();
    }

    @Test
    void aHugeArtefactDoesNotSilenceTheDetectorForLong() {
      float[][] leads = SyntheticEcg.leads(1, 360, 90, 7);
      for (int i = 20 * 360; i < 20 * 360 + 200; i++) {
        leads[0][i] += 80 * (float) Math.sin(i * 0.3);
      }
      long[] beats = SyntheticEcg.beats(360, 90, 7);
      long after = Arrays.stream(beats).filter(beat -> beat > 32 * 360).count();
      assertThat(detect(leads, 360).stream().filter(beat -> beat > 32 * 360).count())
          .isBetween(after - 1, after + 1);
    }
  }

  @Nested
  class Electrodes {
    /** Whatever an electrode adds: amplifiers without a high-pass filter must bear 300 mV. */
    @ParameterizedTest
    @ValueSource(floats = {-300, 100, 300, 1000})
    void mayAddAnOffset(float millivolts) {
      float[][] leads = SyntheticEcg.leads(2, 250, 60, 3);
      add(leads, 0, millivolts);

      assertFound(detect(leads, 250), SyntheticEcg.beats(250, 60, 3), 250, 0.008);
    }

    @ParameterizedTest
    @ValueSource(floats = {20, 100, 300, -1000})
    void mayMoveAndBeatsAreFoundAgainSoon(float millivolts) {
      float[][] leads = SyntheticEcg.leads(2, 250, 60, 3);
      add(leads, 30 * 250, millivolts);
      long after = 32 * 250;
      List<Long> found = detect(leads, 250).stream().filter(beat -> beat > after).toList();

      long[] beats =
          Arrays.stream(SyntheticEcg.beats(250, 60, 3)).filter(beat -> beat > after).toArray();
      assertFound(found, beats, 250, 0.008);
    }

    /** Without that being told: the value stays what it is. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void mayBeOffInOneLeadAndBeatsAreWhereTheOtherHasThem(int off) {
      float[][] leads = SyntheticEcg.leads(2, 250, 60, 3);
      Arrays.fill(leads[off], 250);

      assertFound(detect(leads, 250), SyntheticEcg.beats(250, 60, 3), 250, 0.008);
    }

    private static void add(float[][] leads, int from, float millivolts) {
      for (float[] lead : leads) {
        for (int i = from; i < lead.length; i++) {
          lead[i] += millivolts;
        }
      }
    }
  }

  @Nested
  class Division {
    @Test
    void piecesAndARestoredStateGiveTheSameBeats() throws IOException {
      float[][] leads = SyntheticEcg.leads(2, 360, 60, 11);
      Arrays.fill(leads[1], 5000, 6000, Float.NaN);
      List<Long> whole = detect(leads, 360);
      Random random = new Random(2);
      List<Long> pieces = new ArrayList<>();
      QrsDetector detector = new QrsDetector(360, 2, 0);
      for (int at = 0; at < leads[0].length; ) {
        int end = Math.min(leads[0].length, at + 1 + random.nextInt(500));
        detector.process(leads, at, end, (sample, known) -> pieces.add(sample));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        detector.writeTo(new DataOutputStream(bytes));
        detector =
            QrsDetector.readFrom(
                360, 2, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        at = end;
      }
      detector.finish((sample, known) -> pieces.add(sample));
      assertThat(pieces).isEqualTo(whole);
    }

    @Test
    void aRestartKeepsCountingInTheSession() {
      float[][] leads = SyntheticEcg.leads(1, 360, 60, 12);
      List<Long> beats = new ArrayList<>();
      QrsDetector detector = new QrsDetector(360, 1, 0);
      detector.process(leads, 0, 30 * 360, (sample, known) -> beats.add(sample));
      detector.finish((sample, known) -> beats.add(sample));
      detector.restart(40 * 360);
      detector.process(leads, 40 * 360, 60 * 360, (sample, known) -> beats.add(sample));
      detector.finish((sample, known) -> beats.add(sample));
      long[] expected =
          Arrays.stream(SyntheticEcg.beats(360, 60, 12))
              .filter(beat -> beat < 30 * 360 || beat > 40 * 360 + 36)
              .toArray();
      assertFound(beats, expected, 360, 0.008);
    }

    @Test
    void whatCannotWorkIsRefused() {
      assertThatThrownBy(() -> new QrsDetector(20, 1, 0))
          .hasMessage("cannot find beats at 20.0 Hz; expected a rate of 50.0 Hz or more");
      assertThatThrownBy(() -> new QrsDetector(360, 3, 0))
          .hasMessage("beat detection was given 3 leads; expected 1 or 2");
    }
  }

  @Nested
  class MitBihRecords {
    private static DetectionCounts score(MitBihRecord record, int leads) {
      float[][] input = Arrays.copyOf(record.millivolts(), leads);
      List<BeatAnnotation> found =
          detect(input, MitBihRecord.RATE).stream()
              .map(sample -> BeatAnnotation.of(sample, "N"))
              .toList();
      BeatComparison comparison =
          BeatComparator.compare(
              record.name(),
              record.annotations(),
              found,
              ComparisonPeriod.ec57(MitBihRecord.RATE, input[0].length));
      return comparison.qrs();
    }

    private static DetectionCounts gross(int leads) {
      return MitBihRecord.headers().parallelStream()
          .map(MitBihRecord::read)
          .map(record -> score(record, leads))
          .reduce(new DetectionCounts(0, 0, 0), DetectionCounts::plus);
    }

    @Test
    void bothLeadsFindAtLeast99Point5PercentAndAreAsOftenRight() {
      DetectionCounts counts = gross(2);
      assertThat(counts.sensitivity().getAsDouble()).as(counts.toString()).isGreaterThan(0.995);
      assertThat(counts.positivePredictivity().getAsDouble())
          .as(counts.toString())
          .isGreaterThan(0.995);
    }

    @Test
    void theFirstLeadAloneDoesNoWorse() {
      DetectionCounts counts = gross(1);
      assertThat(counts.sensitivity().getAsDouble()).as(counts.toString()).isGreaterThan(0.995);
      assertThat(counts.positivePredictivity().getAsDouble())
          .as(counts.toString())
          .isGreaterThan(0.995);
    }
  }
}
