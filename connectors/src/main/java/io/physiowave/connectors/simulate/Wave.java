package io.physiowave.connectors.simulate;

/**
 * One wave of a beat: the Gaussian that an attractor of McSharry's model raises when the orbit
 * passes it.
 *
 * @param seconds time of its peak after the R peak, at an RR interval of 1 s
 * @param stretches whether that time follows the square root of the RR interval, as the T wave's
 *     does (Bazett)
 * @param widthBefore standard deviation before the peak, s
 * @param widthAfter standard deviation after the peak, s
 * @param amplitudes height of the peak in each lead, mV
 */
record Wave(
    double seconds, boolean stretches, double widthBefore, double widthAfter, double[] amplitudes) {

  /** Beyond so many standard deviations a Gaussian is taken as 0. */
  private static final double REACH = 5;

  /**
   * Slope of the unit wave.
   *
   * @param sinceR time since the beat's R peak, s
   * @param interval RR interval before the beat, s
   * @return derivative by time of the Gaussian of height 1, 1/s
   */
  double slope(double sinceR, double interval) {
    double peak = stretches ? seconds * Math.sqrt(Math.max(0.4, Math.min(1.3, interval))) : seconds;
    double distance = sinceR - peak;
    double width = distance < 0 ? widthBefore : widthAfter;
    if (Math.abs(distance) > REACH * width) {
      return 0;
    }
    double relative = distance / width;
    return -relative / width * Math.exp(-relative * relative / 2);
  }
}
