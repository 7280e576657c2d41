package io.physiowave.connectors.simulate;

import java.util.Random;

/** What disturbs one lead, sample by sample. */
final class EcgNoise {
  /** Electrodes drift over about so many seconds. */
  private static final double DRIFT_SECONDS = 8;

  private final EcgNoiseLevels levels;
  private final double sampleRateHz;
  private final Random random;
  private final double mainsPhase;
  private double drift;
  private double muscle;
  private double motion;
  private double motionTarget;
  private int motionLeft;

  EcgNoise(EcgNoiseLevels levels, double sampleRateHz, Random random) {
    this.levels = levels;
    this.sampleRateHz = sampleRateHz;
    this.random = random;
    this.mainsPhase = 2 * Math.PI * random.nextDouble();
  }

  /** The disturbance at a time since the start, mV; called once for each sample. */
  double next(double seconds) {
    double decay = 1 / (DRIFT_SECONDS * sampleRateHz);
    // An Ornstein-Uhlenbeck process whose standard deviation is half the wander.
    drift +=
        -decay * drift
            + levels.wanderMillivolts() / 2 * Math.sqrt(2 * decay) * random.nextGaussian();
    // The mean of neighbours takes the edge off white noise, as a recorder's input filter does.
    double fresh = levels.muscleMillivolts() * random.nextGaussian();
    double smooth = (fresh + muscle) / Math.sqrt(2);
    muscle = fresh;
    double mains =
        levels.mainsMillivolts() * Math.sin(2 * Math.PI * levels.mainsHz() * seconds + mainsPhase);
    return drift + smooth + mains + nextMotion();
  }

  /** A burst wanders between random levels every tenth of a second, then fades. */
  private double nextMotion() {
    if (motionLeft == 0 && random.nextDouble() < levels.motionPerHour() / 3600 / sampleRateHz) {
      motionLeft = (int) ((0.5 + 1.5 * random.nextDouble()) * sampleRateHz);
    }
    if (motionLeft > 0) {
      motionLeft--;
      if (motionLeft % Math.max(1, (int) (sampleRateHz / 10)) == 0) {
        motionTarget = motionLeft == 0 ? 0 : levels.motionMillivolts() * random.nextGaussian();
      }
    }
    motion += (motionTarget - motion) * Math.min(1, 25 / sampleRateHz);
    return motion;
  }
}
