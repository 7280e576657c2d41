package io.physiowave.training.prepare;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The diagnostic superclasses of PTB-XL, in the order of the labels, which is also their priority
 * in the published script: of several that hold, the last one counts.
 */
public enum PtbxlSuperclass {
  /** Normal. */
  NORM,
  /** Myocardial infarction. */
  MI,
  /** Changes of ST segment or T wave. */
  STTC,
  /** Conduction disturbance. */
  CD,
  /** Hypertrophy. */
  HYP;

  /** The superclass of a name in the table of statements; empty when it is none. */
  static Optional<PtbxlSuperclass> of(String name) {
    return Arrays.stream(values()).filter(value -> value.name().equals(name)).findFirst();
  }

  /** The names in the order of the labels. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Enum::name).toList();
  }
}
