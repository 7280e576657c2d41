package io.physiowave.training.prepare;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The five classes of beats that ANSI/AAMI EC57 compares, with the MIT-BIH annotation symbols that
 * belong to each.
 */
public enum AamiBeat {
  /** Any beat that is none of the others: normal, bundle branch block, escape. */
  N("N", "L", "R", "B", "e", "j"),
  /** Supraventricular ectopic. */
  S("A", "a", "J", "S", "n"),
  /** Ventricular ectopic. */
  V("V", "E", "r"),
  /** Fusion of a ventricular and a normal beat. */
  F("F"),
  /** Paced, fusion with a paced beat, or unclassifiable. */
  Q("/", "f", "Q", "?");

  private final String symbols;

  AamiBeat(String... symbols) {
    this.symbols = String.join(" ", symbols);
  }

  /** The class of an annotation symbol; empty for annotations that are no beats. */
  public static Optional<AamiBeat> of(String symbol) {
    return Arrays.stream(values())
        .filter(beat -> List.of(beat.symbols.split(" ")).contains(symbol))
        .findFirst();
  }

  /** The classes' names in the order of the labels. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Enum::name).toList();
  }
}
