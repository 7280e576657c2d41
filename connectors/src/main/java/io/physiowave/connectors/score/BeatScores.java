package io.physiowave.connectors.score;

import io.physiowave.connectors.recording.RecordingException;
import io.physiowave.connectors.recording.RecordingNotFoundException;
import io.physiowave.connectors.recording.wfdb.AnnotationReader;
import io.physiowave.connectors.recording.wfdb.WfdbAnnotation;
import io.physiowave.connectors.recording.wfdb.WfdbAnnotations;
import io.physiowave.connectors.recording.wfdb.WfdbHeader;
import io.physiowave.connectors.recording.wfdb.WfdbHeaderReader;
import io.physiowave.core.score.BeatAnnotation;
import io.physiowave.core.score.BeatComparator;
import io.physiowave.core.score.BeatComparison;
import io.physiowave.core.score.BeatStatistics;
import io.physiowave.core.score.ComparisonPeriod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** Compares annotation files. */
public final class BeatScores {
  private static final double MATCH_SECONDS = 0.15;

  private final OptionalDouble sampleRateHz;
  private final double startSeconds;

  /**
   * Settles how to compare.
   *
   * @param sampleRateHz the records' rate, where no header tells it
   * @param startSeconds what lies before is for learning and is not compared; EC57 asks for 300
   */
  public BeatScores(OptionalDouble sampleRateHz, double startSeconds) {
    if (!(startSeconds >= 0)) {
      throw new IllegalArgumentException(
          "comparison starts at " + startSeconds + " s; expected 0 or more");
    }
    if (sampleRateHz.isPresent() && !(sampleRateHz.getAsDouble() > 0)) {
      throw new IllegalArgumentException(
          "sample rate is " + sampleRateHz.getAsDouble() + " Hz; expected more than 0");
    }
    this.sampleRateHz = sampleRateHz;
    this.startSeconds = startSeconds;
  }

  /**
   * Compares all pairs.
   *
   * @throws RecordingException when a file is missing or damaged, or the rate is unknown
   */
  public BeatStatistics compare(List<AnnotationPair> pairs) throws IOException {
    List<BeatComparison> comparisons = new ArrayList<>();
    for (AnnotationPair pair : pairs) {
      comparisons.add(compare(pair));
    }
    return BeatStatistics.of(comparisons);
  }

  private BeatComparison compare(AnnotationPair pair) throws IOException {
    WfdbAnnotations reference = AnnotationReader.read(pair.reference());
    WfdbAnnotations test = AnnotationReader.read(pair.test());
    Path header = pair.reference().resolveSibling(pair.record() + ".hea");
    double rate;
    long end = ComparisonPeriod.REFERENCE_END;
    if (Files.exists(header)) {
      WfdbHeader described = WfdbHeaderReader.read(header);
      rate = sampleRateHz.orElse(described.frameRateHz());
      end = described.frameCount().orElse(ComparisonPeriod.REFERENCE_END);
    } else if (sampleRateHz.isPresent() || reference.resolutionHz().isPresent()) {
      rate = sampleRateHz.orElseGet(() -> reference.resolutionHz().getAsDouble());
    } else {
      throw new RecordingNotFoundException(
          header + ": no such header, so the sample rate is unknown; expected it there, or --rate");
    }
    long start = Math.round(startSeconds * rate);
    if (end != ComparisonPeriod.REFERENCE_END && end <= start) {
      throw new RecordingException(
          pair.reference()
              + ": the record ends after "
              + end / rate
              + " s, before the comparison starts at "
              + startSeconds
              + " s; expected a longer record or an earlier --start");
    }
    return BeatComparator.compare(
        pair.record(),
        inOrder(reference.atRate(rate)),
        inOrder(test.atRate(rate)),
        new ComparisonPeriod(start, end, Math.round(MATCH_SECONDS * rate)));
  }

  private static List<BeatAnnotation> inOrder(List<WfdbAnnotation> annotations) {
    return annotations.stream()
        .sorted(Comparator.comparingLong(WfdbAnnotation::sample))
        .map(read -> new BeatAnnotation(read.sample(), read.symbol(), read.subtype()))
        .toList();
  }
}
