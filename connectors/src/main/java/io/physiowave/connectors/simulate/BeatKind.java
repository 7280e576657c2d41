package io.physiowave.connectors.simulate;

/** How a simulated heart beat comes about. */
enum BeatKind {
  /** From the sinus node, with a P wave. */
  SINUS("N"),
  /** Conducted during atrial fibrillation: no P wave. */
  FIBRILLATION("N"),
  /** Premature, from the atria: an early and different P wave, a normal QRS complex. */
  ATRIAL_PREMATURE("S"),
  /** From a ventricle: no P wave, a wide QRS complex and an opposite T wave. */
  VENTRICULAR("V");

  private final String label;

  BeatKind(String label) {
    this.label = label;
  }

  /** The AAMI class, which is a WFDB annotation symbol too. */
  String label() {
    return label;
  }
}
