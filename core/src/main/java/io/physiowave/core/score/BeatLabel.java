package io.physiowave.core.score;

import java.util.Map;

/**
 * What one side says about a beat, in the classes of ANSI/AAMI EC57, with the two pseudo-classes
 * that stand in for a beat which the other side lacks.
 */
public enum BeatLabel {
  /** Any beat that is none of the others, bundle branch blocks included. */
  N,
  /** Supraventricular ectopic beat, escape beats included. */
  S,
  /** Ventricular ectopic beat. */
  V,
  /** Fusion of a ventricular and a normal beat. */
  F,
  /** Unclassifiable or paced beat. */
  Q,
  /** No beat. */
  O,
  /** No beat, the signal being declared unreadable. */
  X;

  private static final Map<String, BeatLabel> BY_CODE =
      Map.ofEntries(
          Map.entry("N", N),
          Map.entry("L", N),
          Map.entry("R", N),
          Map.entry("B", N),
          Map.entry("a", S),
          Map.entry("A", S),
          Map.entry("J", S),
          Map.entry("S", S),
          Map.entry("e", S),
          Map.entry("j", S),
          Map.entry("n", S),
          Map.entry("V", V),
          Map.entry("E", V),
          Map.entry("r", V),
          Map.entry("F", F),
          Map.entry("Q", Q),
          Map.entry("/", Q),
          Map.entry("f", Q),
          Map.entry("?", Q),
          Map.entry("!", O));

  /**
   * The label of an MIT annotation code, as WFDB's {@code bxb} maps it with its supraventricular
   * statistics on. A flutter wave, {@code !}, holds a beat's place but is not one.
   *
   * @param code the code's mnemonic, e.g. {@code N}
   * @return null when the code does not mark a beat
   */
  static BeatLabel ofCode(String code) {
    return BY_CODE.get(code);
  }
}
