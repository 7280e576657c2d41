package io.physiowave.connectors.simulate;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A lead and the size of the waves that it sees in a healthy adult, mV: typical values of a
 * textbook ECG with an axis of about 50 degrees. Augmented leads follow from I and II.
 */
public enum EcgLead {
  /** Limb lead I. */
  I("I", 0.07, -0.05, 0.60, -0.12, 0.20, Ectopy.LEFTWARD),
  /** Limb lead II. */
  II("II", 0.13, -0.08, 1.10, -0.22, 0.30, Ectopy.INFERIOR),
  /** Limb lead III. */
  III("III", 0.06, -0.03, 0.50, -0.10, 0.10, Ectopy.INFERIOR),
  /** Augmented lead aVR. */
  AVR("aVR", -0.10, 0.065, -0.85, 0.17, -0.25, Ectopy.OPPOSITE),
  /** Augmented lead aVL. */
  AVL("aVL", 0.005, -0.01, 0.05, -0.01, 0.05, Ectopy.LEFTWARD),
  /** Augmented lead aVF. */
  AVF("aVF", 0.095, -0.055, 0.80, -0.16, 0.20, Ectopy.INFERIOR),
  /** Chest lead V1. */
  V1("V1", 0.05, 0.00, 0.25, -0.90, 0.08, Ectopy.RIGHT_CHEST),
  /** Chest lead V2. */
  V2("V2", 0.07, 0.00, 0.45, -1.30, 0.40, Ectopy.RIGHT_CHEST),
  /** Chest lead V3. */
  V3("V3", 0.08, -0.02, 0.80, -0.90, 0.42, Ectopy.RIGHT_CHEST),
  /** Chest lead V4. */
  V4("V4", 0.08, -0.07, 1.25, -0.50, 0.38, Ectopy.LEFT_CHEST),
  /** Chest lead V5. */
  V5("V5", 0.08, -0.10, 1.20, -0.25, 0.30, Ectopy.LEFT_CHEST),
  /** Chest lead V6. */
  V6("V6", 0.07, -0.10, 0.90, -0.12, 0.22, Ectopy.LEFT_CHEST),
  /** Modified limb lead II of ambulatory recorders. */
  MLII("MLII", 0.13, -0.08, 1.15, -0.22, 0.30, Ectopy.INFERIOR);

  private final String leadName;
  private final double p;
  private final double q;
  private final double r;
  private final double s;
  private final double t;
  private final Ectopy ectopy;

  EcgLead(String leadName, double p, double q, double r, double s, double t, Ectopy ectopy) {
    this.leadName = leadName;
    this.p = p;
    this.q = q;
    this.r = r;
    this.s = s;
    this.t = t;
    this.ectopy = ectopy;
  }

  /** The name in channel lists, e.g. {@code aVR}. */
  public String leadName() {
    return leadName;
  }

  double p() {
    return p;
  }

  double q() {
    return q;
  }

  double r() {
    return r;
  }

  double s() {
    return s;
  }

  double t() {
    return t;
  }

  /** Main deflection of a ventricular beat from a focus, mV. */
  double ventricular(VentricularFocus focus) {
    return focus == VentricularFocus.OUTFLOW_TRACT ? ectopy.outflow : ectopy.leftVentricle;
  }

  /**
   * The lead with a name, in any case.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static EcgLead named(String name) {
    return Arrays.stream(values())
        .filter(
            lead -> lead.leadName.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "ECG lead is '"
                        + name
                        + "'; expected one of "
                        + Arrays.stream(values())
                            .map(EcgLead::leadName)
                            .collect(Collectors.joining(", "))));
  }

  /** Where ventricular beats start. */
  enum VentricularFocus {
    /** Right ventricular outflow tract: upright in inferior leads, like a left bundle block. */
    OUTFLOW_TRACT,
    /** Left ventricle, inferior wall: upright in V1, inverted in inferior leads. */
    LEFT_VENTRICLE
  }

  private enum Ectopy {
    LEFTWARD(0.5, -0.6),
    INFERIOR(1.7, -1.5),
    OPPOSITE(-1.1, 1.1),
    RIGHT_CHEST(-1.4, 1.3),
    LEFT_CHEST(1.4, -1.0);

    private final double outflow;
    private final double leftVentricle;

    Ectopy(double outflow, double leftVentricle) {
      this.outflow = outflow;
      this.leftVentricle = leftVentricle;
    }
  }
}
