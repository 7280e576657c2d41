package io.physiowave.core.score;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Figures over several recordings, as EC57 asks for them: gross, where every beat counts the same,
 * and average, where every recording does.
 *
 * @param records each recording's counts
 * @param gross all counts together
 */
public record BeatStatistics(List<BeatComparison> records, BeatComparison gross) {
  public BeatStatistics {
    records = List.copyOf(records);
  }

  /** Statistics over recordings. */
  public static BeatStatistics of(List<BeatComparison> records) {
    return new BeatStatistics(records, BeatComparison.gross(records));
  }

  /**
   * Mean over the recordings in which a figure is defined; empty when it is in none.
   *
   * @param kind e.g. {@code BeatComparison::veb}
   * @param figure e.g. {@code DetectionCounts::sensitivity}
   */
  public OptionalDouble average(
      Function<BeatComparison, DetectionCounts> kind,
      Function<DetectionCounts, OptionalDouble> figure) {
    return records.stream()
        .map(kind)
        .map(figure)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average();
  }
}
