package io.physiowave.connectors.recording.emgtext;

/** The classes of the UCI data set "EMG data for gestures". */
public enum HandGesture {
  /** Not marked: moving between gestures, or before and after. */
  UNMARKED(0, "unmarked"),
  /** Hand at rest. */
  REST(1, "rest"),
  /** Hand clenched in a fist. */
  FIST(2, "fist"),
  /** Wrist flexion. */
  FLEXION(3, "wrist flexion"),
  /** Wrist extension. */
  EXTENSION(4, "wrist extension"),
  /** Radial deviation. */
  RADIAL_DEVIATION(5, "radial deviation"),
  /** Ulnar deviation. */
  ULNAR_DEVIATION(6, "ulnar deviation"),
  /** Extended palm; few subjects performed it. */
  EXTENDED_PALM(7, "extended palm");

  private final int code;
  private final String description;

  HandGesture(int code, String description) {
    this.code = code;
    this.description = description;
  }

  /** The number in the class column. */
  public int code() {
    return code;
  }

  /** The code as text: the label of this gesture's annotations. */
  public String label() {
    return Integer.toString(code);
  }

  /** A name for people, e.g. {@code wrist flexion}: the note of this gesture's annotations. */
  public String description() {
    return description;
  }

  /**
   * The gesture with a code.
   *
   * @throws IllegalArgumentException outside of 0 to 7
   */
  public static HandGesture ofCode(int code) {
    if (code < 0 || code >= values().length) {
      throw new IllegalArgumentException("gesture code is " + code + "; expected 0 to 7");
    }
    return values()[code];
  }
}
