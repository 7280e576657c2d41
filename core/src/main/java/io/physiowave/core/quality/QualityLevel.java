package io.physiowave.core.quality;

/** How far a window can be trusted. */
public enum QualityLevel {
  /** Nothing found. */
  GOOD,
  /** Classified, with the reason noted. */
  USABLE,
  /** Not classified: the label is UNCLASSIFIABLE with the reason. */
  BAD
}
