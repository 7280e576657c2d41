package io.physiowave.core.arrhythmia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.physiowave.core.event.Episode;
import io.physiowave.core.event.EventPhase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RhythmMonitorTest {
  private static final double RATE = 250;

  private final List<Episode> episodes = new ArrayList<>();
  private final List<RhythmFigures> figures = new ArrayList<>();
  private final RhythmMonitor monitor = new RhythmMonitor(RATE, 10);
  private long sample;
  private int least = 3;

  /** Beats one after another, each the given time after the one before: "NNV". */
  private void beats(String labels, double seconds) {
    for (int i = 0; i < labels.length(); i++) {
      sample += Math.round(seconds * RATE);
      String label = labels.substring(i, i + 1);
      monitor.accept(
          new Beat(sample, BeatKind.of(label), 0.9f), least, figures::add, episodes::add);
    }
  }

  private List<String> told() {
    return episodes.stream()
        .map(episode -> episode.label() + " " + episode.phase() + " " + episode.count())
        .toList();
  }

  @Nested
  class VentricularBeats {
    @Test
    void inARowAreToldWhenTheRowIsOver() {
      beats("NVNNVVN", 0.8);

      assertThat(told()).containsExactly("COUPLET ONSET 2", "COUPLET OFFSET 2");
    }

    @Test
    void ofAFastRunAreToldAtTheThird() {
      beats("NN", 0.8);
      beats("VVV", 0.4);
      assertThat(told()).containsExactly("VENTRICULAR_TACHYCARDIA ONSET 3");
      assertThat(episodes.get(0).ratePerMinute()).isCloseTo(150, within(0.01));
      beats("VVV", 0.4);
      beats("N", 0.8);

      assertThat(told())
          .containsExactly("VENTRICULAR_TACHYCARDIA ONSET 3", "VENTRICULAR_TACHYCARDIA OFFSET 6");
      assertThat(episodes.get(1).onsetSample()).isEqualTo(episodes.get(0).onsetSample());
      assertThat(episodes.get(1).offsetSample()).hasValue(sample - 200);
    }

    @Test
    void ofARunOf100AMinuteOrLessAreNoTachycardia() {
      beats("NVVVVVN", 0.75);
      beats("NN", 0.6);
      beats("VVVN", 0.6);

      assertThat(told())
          .containsExactly(
              "IDIOVENTRICULAR_RHYTHM ONSET 3",
              "IDIOVENTRICULAR_RHYTHM OFFSET 5",
              "IDIOVENTRICULAR_RHYTHM ONSET 3",
              "IDIOVENTRICULAR_RHYTHM OFFSET 3");
    }

    @Test
    void areARunFromTheFourthOnWhereThatIsAskedFor() {
      least = 4;
      beats("NNVVVN", 0.4);
      beats("VVVVN", 0.4);

      assertThat(told())
          .containsExactly(
              "TRIPLET ONSET 3",
              "TRIPLET OFFSET 3",
              "VENTRICULAR_TACHYCARDIA ONSET 4",
              "VENTRICULAR_TACHYCARDIA OFFSET 4");
    }

    @Test
    void thatWereToldKeepTheirNameWhateverIsAskedForLater() {
      least = 4;
      beats("NNVVV", 0.4);
      least = 3;
      beats("V", 0.4);
      least = 4;
      beats("VN", 0.4);

      assertThat(told())
          .containsExactly("VENTRICULAR_TACHYCARDIA ONSET 4", "VENTRICULAR_TACHYCARDIA OFFSET 5");
    }

    @Test
    void aboutWhichNothingIsKnownEndARun() {
      beats("NVVUVVN", 0.5);

      assertThat(told())
          .containsExactly(
              "COUPLET ONSET 2", "COUPLET OFFSET 2", "COUPLET ONSET 2", "COUPLET OFFSET 2");
    }

    @Test
    void ofEverySecondOrThirdBeatAreAPatternFromTheThirdOn() {
      beats("NVNVNVNVNN", 0.6);
      beats("NVNNVNNVNNN", 0.6);

      assertThat(told())
          .containsExactly(
              "BIGEMINY ONSET 3", "BIGEMINY OFFSET 4", "TRIGEMINY ONSET 3", "TRIGEMINY OFFSET 3");
    }
  }

  @Nested
  class APause {
    @Test
    void isALongIntervalBetweenTwoKnownBeats() {
      beats("NN", 0.8);
      beats("N", 3.0);
      assertThat(episodes).isEmpty();
      beats("N", 3.2);

      assertThat(told()).containsExactly("PAUSE ONSET 2", "PAUSE OFFSET 2");
      assertThat(episodes.get(0).onsetSample()).isEqualTo(sample - 800);
      assertThat(episodes.get(1).offsetSample()).hasValue(sample);
    }

    @Test
    void isNotToldWhereTheSignalMayHaveBeenLost() {
      beats("NN", 0.8);
      beats("N", 10.1);
      beats("U", 4);
      beats("N", 4);

      assertThat(episodes).isEmpty();
    }
  }

  @Nested
  class Figures {
    @Test
    void areThoseOfTheirDefinitions() {
      // Beats at 0.8, 1.6, 2.5, 3.3 (V), 4.1, 4.9, 5.8 s: NN of 800, 900, then 800, 900 ms.
      beats("NN", 0.8);
      beats("N", 0.9);
      beats("VNN", 0.8);
      beats("N", 0.9);
      beats("N", 5);

      RhythmFigures interval = figures.get(0);
      assertThat(figures).hasSize(1);
      assertThat(interval.startSample()).isZero();
      assertThat(interval.endSample()).isEqualTo(2_500);
      assertThat(interval.beats()).isEqualTo(7);
      assertThat(interval.ventricular()).isEqualTo(1);
      assertThat(interval.rrIntervals()).isEqualTo(6);
      assertThat(interval.meanRrMillis()).isCloseTo(5_000.0 / 6, within(1e-6));
      assertThat(interval.ratePerMinute()).isCloseTo(72, within(1e-6));
      assertThat(interval.nnIntervals()).isEqualTo(4);
      assertThat(interval.sdnnMillis()).isCloseTo(Math.sqrt(10_000.0 / 3), within(1e-6));
      assertThat(interval.rmssdMillis()).isCloseTo(100, within(1e-6));
      assertThat(interval.pnn50()).isEqualTo(1);
      assertThat(interval.coefficientOfVariation())
          .isCloseTo(Math.sqrt(10_000.0 / 3) / 850, within(1e-9));
    }

    @Test
    void nameWhatWasUnderWay() {
      beats("NVNVNVNVNVNVNVNVNVNVNN", 0.7);

      assertThat(figures).hasSize(1);
      assertThat(figures.get(0).episodes()).containsExactly("bigeminy");
    }

    @Test
    void nameWhatWasUnderWayUntilALongSilenceAndNotBehindIt() {
      beats("NVVVV", 0.4);
      beats("NN", 20);

      assertThat(figures)
          .extracting(RhythmFigures::episodes)
          .containsExactly(Set.of("ventricular-run"), Set.of());
    }

    @Test
    void nameACoupletThatTheSilenceOrTheSessionsEndEnds() {
      beats("NVV", 0.4);
      beats("N", 20);
      beats("VV", 0.4);
      monitor.finish(figures::add, episodes::add);

      assertThat(figures)
          .filteredOn(interval -> interval.ventricular() == 2)
          .hasSize(2)
          .extracting(RhythmFigures::episodes)
          .containsOnly(Set.of("ventricular-run"));
    }

    @Test
    void areOfBeatsThatComeBehindTheLastOneOnly() {
      beats("NN", 0.8);

      assertThat(monitor.accept(new Beat(sample, BeatKind.NORMAL, 1), figures::add, episodes::add))
          .isFalse();
    }
  }

  @Nested
  class Fibrillation {
    @Test
    void isSuspectedOfIrregularIntervalsAndNotOfRegularOnes() {
      Random random = new Random(5);
      for (int i = 0; i < 300; i++) {
        beats("N", 0.8 + 0.02 * Math.sin(i / 3.0));
      }
      assertThat(episodes).isEmpty();
      for (int i = 0; i < 300; i++) {
        beats("N", 0.4 + 0.6 * random.nextDouble());
      }
      assertThat(told()).singleElement().asString().startsWith("AF_SUSPECTED ONSET");
      for (int i = 0; i < 300; i++) {
        beats("N", 0.8);
      }
      assertThat(episodes)
          .hasSize(2)
          .last()
          .extracting(Episode::phase)
          .isEqualTo(EventPhase.OFFSET);
      assertThat(figures)
          .anySatisfy(interval -> assertThat(interval.episodes()).contains("af-suspected"));
    }

    @Test
    void isNotSuspectedOfPrematureBeatsInASteadyRhythmWhateverTheyAreCalled() {
      for (String premature : List.of("S", "N")) {
        Random random = new Random(5);
        for (int i = 0; i < 400; i++) {
          boolean isPremature = random.nextInt(12) == 0;
          beats(
              isPremature ? premature : "N", isPremature ? 0.5 : 0.79 + 0.02 * random.nextDouble());
        }
      }

      assertThat(episodes).extracting(Episode::kind).doesNotContain("af-suspected");
    }

    @Test
    void isNotSuspectedOfVentricularBeats() {
      Random random = new Random(5);
      for (int i = 0; i < 400; i++) {
        beats("NN", 0.8);
        beats("V", 0.4 + 0.2 * random.nextDouble());
        beats("N", 1.1);
      }

      assertThat(episodes).extracting(Episode::kind).doesNotContain("af-suspected");
    }
  }

  @Property(tries = 60)
  void savingAndRestoringChangesNothingAndEpisodesArePaired(@ForAll long seed) throws IOException {
    List<Object> whole = run(seed, false);

    assertThat(run(seed, true)).isEqualTo(whole);
    List<Episode> open = new ArrayList<>();
    int beats = 0;
    for (Object told : whole) {
      if (told instanceof RhythmFigures interval) {
        beats += interval.beats();
      } else if (told instanceof Episode episode) {
        if (episode.phase() == EventPhase.ONSET) {
          open.add(episode);
        } else {
          assertThat(
                  open.removeIf(
                      begun ->
                          begun.kind().equals(episode.kind())
                              && begun.label().equals(episode.label())
                              && begun.onsetSample() == episode.onsetSample()))
              .isTrue();
        }
      }
    }
    assertThat(open).isEmpty();
    assertThat(beats).isEqualTo(600);
  }

  private static List<Object> run(long seed, boolean restarts) throws IOException {
    Random random = new Random(seed);
    List<Object> told = new ArrayList<>();
    RhythmMonitor monitor = new RhythmMonitor(RATE, 10);
    String labels = "NNNNNNNNSVVVVVFU";
    long sample = 0;
    for (int i = 0; i < 600; i++) {
      double seconds =
          random.nextInt(60) == 0 ? 12 * random.nextDouble() : 0.3 + random.nextDouble();
      sample += 1 + Math.round(seconds * RATE);
      String label = labels.substring(random.nextInt(labels.length()));
      monitor.accept(
          new Beat(sample, BeatKind.of(label.substring(0, 1)), 0.5f), told::add, told::add);
      boolean isRestart = random.nextInt(10) == 0;
      if (restarts && isRestart) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        monitor.writeTo(new DataOutputStream(bytes));
        monitor =
            RhythmMonitor.readFrom(
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
      }
    }
    monitor.finish(told::add, told::add);
    return told;
  }
}
