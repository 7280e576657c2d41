package io.physiowave.core.rhythm;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A number that says how a beat stands in its rhythm; a model card lists the names of those that
 * its model reads. All are computed from the past and the next beat alone and are of order 1.
 */
public enum RhythmFeature {
  /** Interval from the previous beat, seconds. */
  RR_PREVIOUS("rr-previous"),
  /** Interval to the next beat, seconds. */
  RR_NEXT("rr-next"),
  /** {@link #RR_PREVIOUS} divided by {@link #RR_LOCAL_MEAN}. */
  RR_PREVIOUS_RATIO("rr-previous-ratio"),
  /** {@link #RR_NEXT} divided by {@link #RR_LOCAL_MEAN}. */
  RR_NEXT_RATIO("rr-next-ratio"),
  /** Mean of the last intervals before this beat, seconds. */
  RR_LOCAL_MEAN("rr-local-mean");

  private final String publishedName;

  RhythmFeature(String publishedName) {
    this.publishedName = publishedName;
  }

  /** The name in a model card. */
  public String publishedName() {
    return publishedName;
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

  private static List<String> names() {
    return Arrays.stream(values()).map(RhythmFeature::publishedName).collect(Collectors.toList());
  }
}
