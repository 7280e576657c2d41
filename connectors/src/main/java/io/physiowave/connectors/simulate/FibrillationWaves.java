package io.physiowave.connectors.simulate;

import java.util.Random;

/**
 * The flicker of fibrillating atria: a saw-tooth like wave at 5 to 7 Hz whose rate and size wander.
 */
final class FibrillationWaves {
  private final double sampleRateHz;
  private final Random random;
  private double phase;
  private double rateHz = 6;
  private double size;

  FibrillationWaves(double sampleRateHz, Random random) {
    this.sampleRateHz = sampleRateHz;
    this.random = random;
  }

  /**
   * The next sample.
   *
   * @param fibrillating whether the atria fibrillate now; the wave comes and goes within a second
   * @return a wave of amplitude about 1
   */
  double next(boolean fibrillating) {
    double target = fibrillating ? 1 : 0;
    size += (target - size) * Math.min(1, 3 / sampleRateHz);
    rateHz += (6 - rateHz) / sampleRateHz + 0.8 * random.nextGaussian() / Math.sqrt(sampleRateHz);
    phase += 2 * Math.PI * rateHz / sampleRateHz;
    return size * (Math.sin(phase) + 0.35 * Math.sin(2 * phase + 0.5));
  }

  /** Size of the wave in a lead, mV: largest close to the right atrium. */
  static double millivolts(EcgLead lead) {
    return switch (lead) {
      case V1 -> 0.07;
      case II, III, AVF, MLII -> 0.04;
      default -> 0.02;
    };
  }
}
