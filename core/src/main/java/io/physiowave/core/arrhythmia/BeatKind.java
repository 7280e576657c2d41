package io.physiowave.core.arrhythmia;

/** A beat's class by ANSI/AAMI EC57, as far as rhythm is concerned. */
public enum BeatKind {
  /** Label N. */
  NORMAL,
  /** Label S. */
  SUPRAVENTRICULAR,
  /** Label V. */
  VENTRICULAR,
  /** Label F: of a ventricular and a normal beat. */
  FUSION,
  /** Any other label: nothing is known but that there may be a beat. */
  UNKNOWN;

  /** The kind of a model's label. */
  public static BeatKind of(String label) {
    return switch (label) {
      case "N" -> NORMAL;
      case "S" -> SUPRAVENTRICULAR;
      case "V" -> VENTRICULAR;
      case "F" -> FUSION;
      default -> UNKNOWN;
    };
  }
}
