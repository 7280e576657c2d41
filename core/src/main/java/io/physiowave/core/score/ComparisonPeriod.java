package io.physiowave.core.score;

/**
 * Which part of a recording is compared, and how close two annotations must be to mean one beat.
 *
 * @param startSample first sample compared; what lies before is for learning
 * @param endSample last sample compared, or {@link #REFERENCE_END}
 * @param matchSamples largest distance of two annotations of one beat, samples
 */
public record ComparisonPeriod(long startSample, long endSample, long matchSamples) {
  /** Compares up to the last reference annotation, for recordings of unknown length. */
  public static final long REFERENCE_END = -1;

  private static final double LEARNING_SECONDS = 300;
  private static final double MATCH_SECONDS = 0.15;

  public ComparisonPeriod {
    if (startSample < 0 || matchSamples < 0) {
      throw new IllegalArgumentException(
          "comparison from sample "
              + startSample
              + " with a match window of "
              + matchSamples
              + " samples; expected 0 or more of both");
    }
    if (endSample != REFERENCE_END && endSample < startSample) {
      throw new IllegalArgumentException(
          "the recording ends at sample "
              + endSample
              + ", before the comparison starts at "
              + startSample
              + "; expected a longer recording");
    }
  }

  /**
   * The period of ANSI/AAMI EC57: from 5 minutes on, with a match window of 150 ms.
   *
   * @param recordSamples length of the recording, or {@link #REFERENCE_END} when unknown
   */
  public static ComparisonPeriod ec57(double sampleRateHz, long recordSamples) {
    return new ComparisonPeriod(
        Math.round(LEARNING_SECONDS * sampleRateHz),
        recordSamples,
        Math.round(MATCH_SECONDS * sampleRateHz));
  }
}
