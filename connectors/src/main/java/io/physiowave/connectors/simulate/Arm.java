package io.physiowave.connectors.simulate;

import io.physiowave.connectors.simulate.GestureStatistics.Gesture;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * One simulated forearm: the statistics of all subjects, shifted a little for this one, and passing
 * smoothly from one gesture to the next.
 */
final class Arm {
  /**
   * Natural logarithms of gains: of the whole arm, of each electrode, of each time a gesture is
   * made.
   */
  private static final double ARM_DEVIATION = 0.15;

  private static final double ELECTRODE_DEVIATION = 0.10;
  private static final double REPEAT_DEVIATION = 0.08;

  /** A resting arm shows electrode noise rather than muscle: its strength matters less. */
  private static final double REST_SHARE = 0.25;

  /**
   * Holding each value for five rows damps the upper part of the spectrum: so much of the log RMS
   * is missing after the filter and the resampling by which the statistics were taken.
   */
  private static final double HOLD_LOSS = 0.12;

  private static final int REST = 1;
  private static final double TRANSITION_SECONDS = 0.15;

  private final Random random;
  private final Map<Integer, Gesture> gestures = new HashMap<>();
  private final Map<Integer, MuscleActivity> activities = new HashMap<>();
  private final double armGain;
  private final double[] electrodeGain;
  private final double[] logRmsFrom;
  private final double[] logRmsTo;
  private final double transitionStep;
  private double transition = 1;
  private MuscleActivity activity;

  Arm(GestureStatistics statistics, Random random) {
    this.random = random;
    for (Gesture gesture : statistics.gestures()) {
      gestures.put(gesture.code(), gesture);
      activities.put(
          gesture.code(),
          new MuscleActivity(gesture, statistics.sampleRateHz(), new Random(random.nextLong())));
    }
    int channels = statistics.gestures().get(0).logRms().length;
    this.armGain = ARM_DEVIATION * random.nextGaussian();
    this.electrodeGain = new double[channels];
    for (int channel = 0; channel < channels; channel++) {
      electrodeGain[channel] = ELECTRODE_DEVIATION * random.nextGaussian();
    }
    this.logRmsFrom = new double[channels];
    this.logRmsTo = new double[channels];
    this.transitionStep = 1 / (TRANSITION_SECONDS * statistics.sampleRateHz());
  }

  /** Starts to make a gesture; the first one is there at once. */
  void make(int code) {
    boolean first = activity == null;
    double[] wanted = gestures.get(code).logRms();
    for (int channel = 0; channel < logRmsTo.length; channel++) {
      logRmsFrom[channel] = logRms(channel);
      logRmsTo[channel] =
          wanted[channel]
              + (code == REST ? REST_SHARE * armGain : armGain + HOLD_LOSS)
              + electrodeGain[channel]
              + REPEAT_DEVIATION * random.nextGaussian();
    }
    transition = first ? 1 : 0;
    activity = activities.get(code);
  }

  /**
   * The next sample.
   *
   * @param volts receives one value a channel
   */
  void next(double[] volts) {
    transition = Math.min(1, transition + transitionStep);
    activity.next(volts);
    for (int channel = 0; channel < volts.length; channel++) {
      volts[channel] *= Math.exp(logRms(channel));
    }
  }

  private double logRms(int channel) {
    return logRmsFrom[channel] + (logRmsTo[channel] - logRmsFrom[channel]) * transition;
  }
}
