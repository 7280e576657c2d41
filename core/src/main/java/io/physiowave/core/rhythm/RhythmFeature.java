package io.physiowave.core.rhythm;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A number that says how a beat stands among the beats before it; a model card lists the names of
 * those that its model reads.
 *
 * <p>All are computed from the past and the next beat alone, are centred and scaled to order 1 for
 * a network to read raw, and are limited to [-5, 5]. In the formulas {@code previous} and {@code
 * next} are the intervals from the previous and to the next beat, {@code mean8} is the mean of the
 * up to 8 intervals that ended at the previous beat, and {@code usual} is the patient's own mean: a
 * running average of all those intervals, of the last 300 in effect. Of these, intervals count
 * within 0.25 to 2.5 s. {@code lg(v)} is the natural logarithm of v, v being at least 0.05, limited
 * to [-1.5, 1.5]. What is unknown is taken as {@code usual}, and {@code usual} itself, before any
 * interval ended, as {@code previous}, or 0.8 s at the very first beat. A next beat that does not
 * come in time counts as 2 s away.
 *
 * <p>Features of the shape compare the beat with the pointwise median of the last up to 32 beats,
 * shifted by up to 44 ms to where the QRS complexes, from 111 ms before the beat to 122 ms after
 * it, correlate best on average over the channels. They exist for the model's first and second
 * channel; for a channel that the stream lacks they are 0.
 */
public enum RhythmFeature {
  /** {@code lg(previous / usual) / 0.2}. */
  RR_PREVIOUS_RATIO("rr-previous-ratio"),
  /** {@code lg(next / usual) / 0.2}. */
  RR_NEXT_RATIO("rr-next-ratio"),
  /** {@code lg(mean8 / usual) / 0.1}. */
  RR_LOCAL_RATIO("rr-local-ratio"),
  /** {@code lg(previous / mean8) / 0.2}. */
  RR_PREVIOUS_LOCAL_RATIO("rr-previous-local-ratio"),
  /** {@code lg(next / previous) / 0.25}. */
  RR_NEXT_PREVIOUS_RATIO("rr-next-previous-ratio"),
  /** {@code lg(interval that ended at the previous beat / usual) / 0.2}. */
  RR_BEFORE_PREVIOUS_RATIO("rr-before-previous-ratio"),
  /**
   * {@code (min(0.5, median |difference of successive intervals| / usual) - 0.04) / 0.06} over the
   * last up to 17 intervals before the previous beat; 0 with fewer than 4 differences.
   */
  RR_IRREGULARITY_SHORT("rr-irregularity-short"),
  /** As {@link #RR_IRREGULARITY_SHORT}, over the last up to 49 intervals. */
  RR_IRREGULARITY_LONG("rr-irregularity-long"),
  /** {@code (Pearson correlation of the QRS complexes - 0.93) / 0.15}, first channel. */
  QRS_CORRELATION_1("qrs-correlation-1", 0, Shape.CORRELATION),
  /**
   * {@code (min(1, root mean square difference of the QRS complexes / peak to peak of the median) -
   * 0.12) / 0.13}, first channel.
   */
  QRS_DISTANCE_1("qrs-distance-1", 0, Shape.DISTANCE),
  /**
   * {@code lg(width / width of the median) / 0.3}, first channel; the width is the area under the
   * distance from the QRS complex's median value, divided by peak to peak.
   */
  QRS_WIDTH_1("qrs-width-1", 0, Shape.WIDTH),
  /**
   * {@code (Pearson correlation from 244 to 89 ms before the beat - 0.7) / 0.35}, first channel.
   */
  P_WAVE_CORRELATION_1("p-wave-correlation-1", 0, Shape.P_WAVE),
  /** As {@link #QRS_CORRELATION_1}, second channel. */
  QRS_CORRELATION_2("qrs-correlation-2", 1, Shape.CORRELATION),
  /** As {@link #QRS_DISTANCE_1}, second channel. */
  QRS_DISTANCE_2("qrs-distance-2", 1, Shape.DISTANCE),
  /** As {@link #QRS_WIDTH_1}, second channel. */
  QRS_WIDTH_2("qrs-width-2", 1, Shape.WIDTH),
  /** As {@link #P_WAVE_CORRELATION_1}, second channel. */
  P_WAVE_CORRELATION_2("p-wave-correlation-2", 1, Shape.P_WAVE);

  /** Ways to compare a beat's shape with the median of those before it. */
  enum Shape {
    CORRELATION,
    DISTANCE,
    WIDTH,
    P_WAVE
  }

  private final String publishedName;
  private final int channel;
  private final Shape shape;

  RhythmFeature(String publishedName) {
    this(publishedName, 0, null);
  }

  RhythmFeature(String publishedName, int channel, Shape shape) {
    this.publishedName = publishedName;
    this.channel = channel;
    this.shape = shape;
  }

  /** The name in a model card. */
  public String publishedName() {
    return publishedName;
  }

  /** Whether the feature is about the beat's shape, rather than about intervals. */
  public boolean isShape() {
    return shape != null;
  }

  /** The channel whose shape it is about, 0 or 1. */
  int channel() {
    return channel;
  }

  /** How shapes are compared; null for intervals. */
  Shape shape() {
    return shape;
  }

  /**
   * The feature of a published name.
   *
   * @throws IllegalArgumentException for an unknown name, listing those that exist
   */
  public static RhythmFeature named(String publishedName) {
    for (RhythmFeature feature : values()) {
      if (feature.publishedName.equals(publishedName)) {
        return feature;
      }
    }
    throw new IllegalArgumentException(
        "rhythm feature '" + publishedName + "' is unknown; expected one of " + names());
  }

  /** The published names of all features, in order. */
  public static List<String> names() {
    return Arrays.stream(values()).map(RhythmFeature::publishedName).collect(Collectors.toList());
  }
}
