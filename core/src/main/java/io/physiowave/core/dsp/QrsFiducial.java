package io.physiowave.core.dsp;

/** Where exactly a beat is: the main deflection near a peak of the envelope. */
final class QrsFiducial {
  /** By how much the envelope's peak is later than the middle of the QRS complex, samples. */
  static final int DELAY = QrsDetector.RATE * 20 / 250;

  private static final int REACH = QrsDetector.RATE * 22 / 250;
  private static final double PREFER_MIDDLE = 0.4;

  private QrsFiducial() {}

  /**
   * Largest deflection from the mean around the complex, between samples by the parabola through
   * its neighbours.
   *
   * @param peak the envelope's peak
   * @return position in samples of the detector
   */
  static double position(QrsLead lead, long peak) {
    long middle = peak - DELAY;
    double mean = 0;
    for (long i = middle - REACH; i <= middle + REACH; i++) {
      mean += lead.signal(i);
    }
    mean /= 2 * REACH + 1;
    long best = middle;
    double largest = -1;
    for (long i = middle - REACH; i <= middle + REACH; i++) {
      double offset = (double) (i - middle) / REACH;
      double deflection = Math.abs(lead.signal(i) - mean) * (1 - PREFER_MIDDLE * offset * offset);
      if (deflection > largest) {
        largest = deflection;
        best = i;
      }
    }
    return best + vertex(lead.signal(best - 1), lead.signal(best), lead.signal(best + 1));
  }

  private static double vertex(double before, double at, double after) {
    double curvature = before - 2 * at + after;
    double shift = curvature == 0 ? 0 : (before - after) / (2 * curvature);
    return Math.abs(shift) <= 1 ? shift : 0;
  }
}
