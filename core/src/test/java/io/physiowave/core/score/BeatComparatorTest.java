package io.physiowave.core.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BeatComparatorTest {
  private static final ComparisonPeriod WHOLE = new ComparisonPeriod(0, 10_000, 54);

  private static List<BeatAnnotation> beats(Object... samplesAndCodes) {
    List<BeatAnnotation> annotations = new ArrayList<>();
    for (int i = 0; i < samplesAndCodes.length; i += 2) {
      annotations.add(
          BeatAnnotation.of((Integer) samplesAndCodes[i], (String) samplesAndCodes[i + 1]));
    }
    return annotations;
  }

  private static BeatComparison compare(List<BeatAnnotation> reference, List<BeatAnnotation> test) {
    return BeatComparator.compare("100", reference, test, WHOLE);
  }

  @Nested
  class Pairing {
    @Test
    void beatsWithinTheMatchWindowAreOne() {
      BeatComparison comparison = compare(beats(400, "N", 800, "V"), beats(454, "N", 746, "V"));
      assertThat(comparison.count(BeatLabel.N, BeatLabel.N)).isEqualTo(1);
      assertThat(comparison.count(BeatLabel.V, BeatLabel.V)).isEqualTo(1);
      assertThat(comparison.qrs()).isEqualTo(new DetectionCounts(2, 0, 0));
    }

    @Test
    void beatsFurtherApartAreOneMissedAndOneExtra() {
      BeatComparison comparison = compare(beats(400, "N"), beats(455, "N"));
      assertThat(comparison.qrs()).isEqualTo(new DetectionCounts(0, 1, 1));
      assertThat(comparison.count(BeatLabel.N, BeatLabel.O)).isEqualTo(1);
      assertThat(comparison.count(BeatLabel.O, BeatLabel.N)).isEqualTo(1);
    }

    @Test
    void aBeatBelongsToItsNearerNeighbour() {
      BeatComparison comparison = compare(beats(400, "N", 450, "V"), beats(440, "V"));
      assertThat(comparison.count(BeatLabel.N, BeatLabel.O)).isEqualTo(1);
      assertThat(comparison.count(BeatLabel.V, BeatLabel.V)).isEqualTo(1);
    }

    @Test
    void aRivalThatHasABetterMatchDoesNotCount() {
      ComparisonPeriod period = new ComparisonPeriod(0, 1000, 37);
      BeatComparison comparison =
          BeatComparator.compare("x", beats(96, "N", 160, "N"), beats(128, "N", 185, "N"), period);
      assertThat(comparison.qrs()).isEqualTo(new DetectionCounts(2, 0, 0));
    }

    @Test
    void theFirstFiveMinutesAreForLearning() {
      ComparisonPeriod period = ComparisonPeriod.ec57(360, 650_000);
      assertThat(period).isEqualTo(new ComparisonPeriod(108_000, 650_000, 54));
      BeatComparison comparison =
          BeatComparator.compare(
              "x", beats(1000, "N", 107_000, "V", 109_000, "N"), beats(109_010, "V"), period);
      assertThat(comparison.qrs()).isEqualTo(new DetectionCounts(1, 0, 0));
      assertThat(comparison.count(BeatLabel.N, BeatLabel.V)).isEqualTo(1);
    }

    @Test
    void annotationsOutOfOrderAreRefused() {
      assertThatThrownBy(() -> compare(beats(400, "N", 300, "N"), List.of()))
          .hasMessageContaining("100: reference annotation 1 at sample 300 comes after one at 400");
    }
  }

  @Nested
  class Figures {
    @Test
    void aFusionBeatCalledVentricularIsNoFalsePositive() {
      BeatComparison comparison =
          compare(
              beats(400, "F", 800, "V", 1200, "N", 1600, "Q"),
              beats(400, "V", 800, "V", 1200, "V", 1600, "V"));
      assertThat(comparison.veb()).isEqualTo(new DetectionCounts(1, 0, 1));
    }

    @Test
    void aFusionBeatCalledSupraventricularIsAFalsePositiveButAnUnclassifiableOneIsNot() {
      BeatComparison comparison =
          compare(beats(400, "F", 800, "A", 1200, "Q"), beats(400, "S", 800, "A", 1200, "J"));
      assertThat(comparison.sveb()).isEqualTo(new DetectionCounts(1, 0, 1));
    }

    @Test
    void pacedAndUnclassifiableBeatsAreQ() {
      BeatComparison comparison =
          compare(beats(400, "/", 800, "f", 1200, "?"), beats(400, "Q", 800, "Q", 1200, "Q"));
      assertThat(comparison.count(BeatLabel.Q, BeatLabel.Q)).isEqualTo(3);
    }

    @Test
    void whatIsUndefinedInARecordIsLeftOutOfTheAverage() {
      BeatComparison without = compare(beats(400, "N"), beats(400, "N"));
      BeatComparison half = compare(beats(400, "V", 800, "V"), beats(400, "V", 800, "N"));
      BeatStatistics statistics = BeatStatistics.of(List.of(without, half));
      assertThat(without.veb().sensitivity()).isEmpty();
      assertThat(statistics.average(BeatComparison::veb, DetectionCounts::sensitivity))
          .hasValue(0.5);
      assertThat(
              statistics.average(BeatComparison::qrs, DetectionCounts::sensitivity).getAsDouble())
          .isCloseTo(1, within(1e-12));
      assertThat(statistics.gross().qrs()).isEqualTo(new DetectionCounts(3, 0, 0));
    }
  }

  @Nested
  class UnreadableSignalAndFlutter {
    @Test
    void extraBeatsInTheReferencesFlutterDoNotCount() {
      BeatComparison comparison =
          compare(
              beats(400, "N", 600, "[", 700, "!", 1400, "]", 1800, "N"),
              beats(400, "N", 1000, "V", 1800, "N"));
      assertThat(comparison.qrs()).isEqualTo(new DetectionCounts(2, 0, 0));
      assertThat(comparison.veb()).isEqualTo(new DetectionCounts(0, 0, 0));
    }

    @Test
    void beatsInUnreadableSignalPairWithX() {
      List<BeatAnnotation> reference =
          List.of(
              BeatAnnotation.of(400, "N"),
              new BeatAnnotation(500, "~", 0x30),
              new BeatAnnotation(1500, "~", 0),
              BeatAnnotation.of(1800, "N"));
      BeatComparison comparison = compare(reference, beats(400, "N", 1000, "N", 1800, "N"));
      assertThat(comparison.count(BeatLabel.X, BeatLabel.N)).isEqualTo(1);
    }
  }
}
