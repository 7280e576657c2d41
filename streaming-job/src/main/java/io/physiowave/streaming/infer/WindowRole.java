package io.physiowave.streaming.infer;

/** What becomes of a model's answer to a window. */
public enum WindowRole {
  /** It is the label. */
  SERVES,
  /** It is the label, and a shadow answers the same window for comparison. */
  SERVES_COMPARED,
  /** It is set beside the label that another model gives. */
  SHADOWS
}
