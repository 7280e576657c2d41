package io.physiowave.quickstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.core.label.LabelEvent;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final double RATE_HZ = 100;

  @Nested
  class OfBeats {
    private final List<RecordingAnnotation> truth =
        List.of(known(100, "N"), known(150, "+"), known(200, "V"), known(300, "N"));

    @Test
    void matchesBeatsUpTo150MillisecondsApart() {
      assertThat(agreement(beat(115, "N"), beat(190, "V"), beat(300, "N")))
          .isEqualTo(new Agreement("beats", 3, 3, 0, 0));
      assertThat(agreement(beat(84, "N"), beat(200, "V"), beat(300, "N")).missed()).isEqualTo(1);
    }

    @Test
    void countsAnotherClassAsDisagreement() {
      Agreement agreement = agreement(beat(100, "N"), beat(200, "N"), beat(300, "N"));

      assertThat(agreement.share()).isEqualTo(2 / 3.0);
      assertThat(agreement).hasToString("66.7 % of 3 beats");
    }

    @Test
    void saysWhatWasMissedAndWhatWasDeclined() {
      assertThat(agreement(beat(100, "N"), beat(300, LabelEvent.UNCLASSIFIABLE)))
          .hasToString("50.0 % of 2 beats, 1 missed, 1 unclassifiable");
    }

    @Test
    void asksNothingOfTheTimeBeforeTheFirstAndAfterTheLastLabel() {
      assertThat(agreement(beat(200, "V"))).isEqualTo(new Agreement("beats", 1, 1, 0, 0));
    }

    private Agreement agreement(Judgement... beats) {
      return Agreement.of(List.of(beats), truth, RATE_HZ);
    }

    private static RecordingAnnotation known(long sample, String label) {
      return RecordingAnnotation.at(sample, label, "");
    }

    private static Judgement beat(long sample, String label) {
      return new Judgement(sample - 40, sample + 60, sample, label);
    }
  }

  @Nested
  class OfWindows {
    private final List<RecordingAnnotation> truth =
        List.of(
            new RecordingAnnotation(0, 100, "1", "rest"),
            new RecordingAnnotation(100, 200, "3", "wrist flexion"));

    @Test
    void comparesWindowsWithTheStretchTheyLieIn() {
      assertThat(agreement(window(0, 50, "1"), window(50, 100, "3"), window(100, 150, "3")))
          .isEqualTo(new Agreement("windows", 3, 2, 0, 0));
    }

    @Test
    void passesOverWindowsAcrossAChangeAndBeyondTheTruth() {
      assertThat(agreement(window(75, 125, "1"), window(175, 225, "3")))
          .hasToString("nothing to compare");
    }

    @Test
    void knowsAClassByItsNameToo() {
      assertThat(agreement(window(100, 150, "wrist-flexion")).agreed()).isEqualTo(1);
    }

    private Agreement agreement(Judgement... windows) {
      return Agreement.of(List.of(windows), truth, RATE_HZ);
    }

    private static Judgement window(long start, long end, String label) {
      return new Judgement(start, end, Judgement.NO_BEAT, label);
    }
  }
}
