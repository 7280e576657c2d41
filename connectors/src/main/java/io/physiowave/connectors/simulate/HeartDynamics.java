package io.physiowave.connectors.simulate;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * McSharry's dynamical model of the ECG, one equation a lead:
 *
 * <pre>
 *   dz/dt = - sum over waves of a (t - t0) / w^2 exp(-(t - t0)^2 / 2 w^2) - (z - z0(t))
 * </pre>
 *
 * <p>The published model lets an orbit of one turn per RR interval pass the waves; here each beat
 * brings its waves at times relative to its R peak, with the T wave following the square root of
 * the interval, so that the QRS complex keeps its width at any rate and beats of different kinds
 * may overlap. Integrated by the classical Runge-Kutta method at the sample rate.
 *
 * @see <a href="https://doi.org/10.1109/TBME.2003.808805">McSharry et al. 2003</a>
 */
final class HeartDynamics {
  /** A beat's first wave starts at most this long before its R peak, s. */
  private static final double BEFORE_R = 0.3;

  /** A beat's last wave has died out this long after its R peak, s. */
  private static final double AFTER_R = 0.8;

  private final HeartRhythm rhythm;
  private final EcgMorphology morphology;
  private final Deque<Beat> active = new ArrayDeque<>();
  private final double step;
  private final double[] state;
  private double[] slopeBefore;
  private double[] slopeBetween;
  private double[] slopeAfter;

  HeartDynamics(HeartRhythm rhythm, EcgMorphology morphology, int leads, double sampleRateHz) {
    this.rhythm = rhythm;
    this.morphology = morphology;
    this.step = 1 / sampleRateHz;
    this.state = new double[leads];
    this.slopeBefore = new double[leads];
    this.slopeBetween = new double[leads];
    this.slopeAfter = new double[leads];
  }

  /** The beats whose waves reach the time that was computed last, in order. */
  Iterable<Beat> activeBeats() {
    return active;
  }

  /**
   * Goes on by one sample.
   *
   * @param seconds time before the step
   * @param baseline value that the leads relax to, mV
   * @return each lead after the step, mV; the array is used again by the next call
   */
  double[] advance(double seconds, double baseline) {
    activate(seconds + step);
    forcing(seconds + step / 2, slopeBetween);
    forcing(seconds + step, slopeAfter);
    for (int lead = 0; lead < state.length; lead++) {
      double z = state[lead];
      double k1 = slopeBefore[lead] - (z - baseline);
      double k2 = slopeBetween[lead] - (z + step / 2 * k1 - baseline);
      double k3 = slopeBetween[lead] - (z + step / 2 * k2 - baseline);
      double k4 = slopeAfter[lead] - (z + step * k3 - baseline);
      state[lead] = z + step / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
    }
    double[] reused = slopeBefore;
    slopeBefore = slopeAfter;
    slopeAfter = reused;
    return state;
  }

  private void activate(double seconds) {
    while (active.isEmpty() || active.peekLast().seconds() < seconds + BEFORE_R) {
      active.addLast(rhythm.next());
    }
    while (active.peekFirst().seconds() < seconds - AFTER_R) {
      active.removeFirst();
    }
  }

  private void forcing(double seconds, double[] slopes) {
    Arrays.fill(slopes, 0);
    for (Beat beat : active) {
      for (Wave wave : morphology.of(beat.kind())) {
        double slope =
            beat.scale() * wave.slope(seconds - beat.seconds(), beat.precedingInterval());
        if (slope != 0) {
          for (int lead = 0; lead < slopes.length; lead++) {
            slopes[lead] += slope * wave.amplitudes()[lead];
          }
        }
      }
    }
  }
}
