package io.physiowave.training.prepare;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The five classes of beats that ANSI/AAMI EC57 compares, with the MIT-BIH annotation symbols that
 * belong to each.
 */
public enum AamiBeat {
  /** Any beat that is none of the others: normal, bundle branch block, escape. */
  N("Normal", "N", "L", "R", "B", "e", "j"),
  /** Supraventricular ectopic. */
  S("Supraventricular", "A", "a", "J", "S", "n"),
  /** Ventricular ectopic. */
  V("Ventricular", "V", "E", "r"),
  /** Fusion of a ventricular and a normal beat. */
  F("Fusion", "F"),
  /** Paced, fusion with a paced beat, or unclassifiable. */
  Q("Unknown beat", "/", "f", "Q", "?");

  private final String description;
  private final String symbols;

  AamiBeat(String description, String... symbols) {
    this.description = description;
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

  /** What people call the classes, by label. */
  public static Map<String, String> labelNames() {
    return Arrays.stream(values()).collect(Collectors.toMap(Enum::name, beat -> beat.description));
  }
}
