package io.physiowave.connectors.simulate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * The sequence of beats of a simulated heart.
 *
 * <p>Sinus intervals vary with breathing (0.25 Hz), with blood pressure (0.1 Hz) and a little at
 * random, the two bands of McSharry et al. 2003. A single ventricular beat leaves the sinus node
 * alone, so the pause after it is compensatory; an atrial beat resets it.
 */
final class HeartRhythm {
  static final double BREATHS_PER_SECOND = 0.25;

  private static final double PRESSURE_WAVES_PER_SECOND = 0.1;
  private static final double SHORTEST_INTERVAL = 0.32;
  private static final String NORMAL = "(N";
  private static final String BIGEMINY = "(B";
  private static final String ATRIAL_FIBRILLATION = "(AFIB";
  private static final String VENTRICULAR_TACHYCARDIA = "(VT";
  private static final String SUPRAVENTRICULAR_TACHYCARDIA = "(SVTA";

  private final RhythmProfile profile;
  private final Random random;
  private final double pressurePhase;
  private final Deque<Beat> planned = new ArrayDeque<>();
  private double lastSeconds;
  private double lastInterval;
  private String episode = NORMAL;
  private double episodeEnd;
  private boolean mayBeEctopic;

  HeartRhythm(RhythmProfile profile, Random random) {
    this.profile = profile;
    this.random = random;
    this.pressurePhase = 2 * Math.PI * random.nextDouble();
    this.lastInterval = 60 / profile.heartRate();
    this.lastSeconds = -lastInterval * random.nextDouble();
  }

  /** The next beat; times rise strictly. */
  Beat next() {
    if (planned.isEmpty()) {
      plan();
    }
    return planned.removeFirst();
  }

  private void plan() {
    if (!episode.equals(NORMAL) && lastSeconds > episodeEnd) {
      episode = NORMAL;
      mayBeEctopic = false;
    }
    switch (episode) {
      case ATRIAL_FIBRILLATION -> planFibrillation();
      case BIGEMINY -> planPair();
      default -> planSinus();
    }
  }

  private void planSinus() {
    double interval = sinusInterval();
    if (mayBeEctopic) {
      if (happens(profile.ventricularPerMinute() / 60, interval)) {
        addVentricular(interval, NORMAL);
        return;
      }
      if (happens(profile.atrialPerMinute() / 60, interval)) {
        add(BeatKind.ATRIAL_PREMATURE, interval * between(0.55, 0.7), NORMAL);
        add(BeatKind.SINUS, interval * between(1.0, 1.12), NORMAL);
        mayBeEctopic = false;
        return;
      }
      if (happens(profile.runsPerHour() / 3600, interval)) {
        planRun(interval);
        return;
      }
      startEpisode(interval);
    }
    mayBeEctopic = true;
    add(BeatKind.SINUS, interval, NORMAL);
  }

  private void startEpisode(double interval) {
    if (happens(profile.bigeminyPerHour() / 3600, interval)) {
      episode = BIGEMINY;
      episodeEnd = lastSeconds + between(20, 60);
    } else if (happens(profile.fibrillationPerHour() / 3600, interval)) {
      episode = ATRIAL_FIBRILLATION;
      episodeEnd = lastSeconds + between(60, 180);
    }
  }

  private void planRun(double interval) {
    boolean ventricular = random.nextInt(3) > 0;
    BeatKind kind = ventricular ? BeatKind.VENTRICULAR : BeatKind.ATRIAL_PREMATURE;
    String rhythm = ventricular ? VENTRICULAR_TACHYCARDIA : SUPRAVENTRICULAR_TACHYCARDIA;
    int beats = 3 + random.nextInt(6);
    double within = between(0.36, 0.46);
    add(kind, interval * between(0.55, 0.65), rhythm);
    for (int beat = 1; beat < beats; beat++) {
      add(kind, within * (1 + 0.03 * random.nextGaussian()), rhythm);
    }
    add(BeatKind.SINUS, interval * between(1.1, 1.3), NORMAL);
    mayBeEctopic = false;
  }

  private void planPair() {
    double interval = sinusInterval();
    addVentricular(interval, BIGEMINY);
  }

  /** A ventricular beat, and the sinus beat that comes as if nothing had happened. */
  private void addVentricular(double interval, String rhythm) {
    double coupling = Math.max(SHORTEST_INTERVAL, interval * between(0.55, 0.68));
    add(BeatKind.VENTRICULAR, coupling, rhythm);
    add(BeatKind.SINUS, 2 * interval - coupling, rhythm);
    mayBeEctopic = false;
  }

  private void planFibrillation() {
    double mean = 0.8 * 60 / profile.heartRate();
    add(
        BeatKind.FIBRILLATION,
        Math.min(1.6, mean * Math.exp(0.18 * random.nextGaussian())),
        ATRIAL_FIBRILLATION);
  }

  private void add(BeatKind kind, double interval, String rhythm) {
    lastInterval = Math.max(SHORTEST_INTERVAL, interval);
    lastSeconds += lastInterval;
    planned.add(
        new Beat(kind, lastSeconds, lastInterval, 1 + 0.03 * random.nextGaussian(), rhythm));
  }

  private double sinusInterval() {
    double breathing = Math.sin(2 * Math.PI * BREATHS_PER_SECOND * lastSeconds);
    double pressure =
        Math.sin(2 * Math.PI * PRESSURE_WAVES_PER_SECOND * lastSeconds + pressurePhase);
    return 60
        / profile.heartRate()
        * (1 + 0.035 * breathing + 0.025 * pressure + 0.01 * random.nextGaussian());
  }

  private boolean happens(double perSecond, double seconds) {
    return random.nextDouble() < perSecond * seconds;
  }

  private double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
