package io.physiowave.connectors.simulate;

/**
 * A simulated patient's rhythm.
 *
 * @param heartRate of the sinus node, beats per minute, 30 to 180
 * @param ventricularPerMinute single premature ventricular beats per minute, 0 to 30
 * @param atrialPerMinute single premature atrial beats per minute, 0 to 30
 * @param runsPerHour runs of 3 to 8 ectopic beats per hour, two of three ventricular, 0 to 120
 * @param bigeminyPerHour episodes of ventricular bigeminy per hour, 20 to 60 s each, 0 to 60
 * @param fibrillationPerHour episodes of atrial fibrillation per hour, 60 to 180 s each, 0 to 60
 */
public record RhythmProfile(
    double heartRate,
    double ventricularPerMinute,
    double atrialPerMinute,
    double runsPerHour,
    double bigeminyPerHour,
    double fibrillationPerHour) {

  /** Sinus rhythm at 72 per minute, now and then an ectopic beat. */
  public static final RhythmProfile SINUS = new RhythmProfile(72, 0.3, 0.3, 0, 0, 0);

  /** Many ectopic beats of both kinds, runs and bigeminy. */
  public static final RhythmProfile ECTOPIC = new RhythmProfile(76, 4, 1.5, 10, 10, 0);

  /** Sinus rhythm broken by atrial fibrillation, with a few ventricular beats. */
  public static final RhythmProfile FIBRILLATION = new RhythmProfile(80, 1, 1, 0, 0, 12);

  public RhythmProfile {
    require("heart rate", heartRate, 30, 180);
    require("ventricular beats per minute", ventricularPerMinute, 0, 30);
    require("atrial beats per minute", atrialPerMinute, 0, 30);
    require("runs per hour", runsPerHour, 0, 120);
    require("bigeminy per hour", bigeminyPerHour, 0, 60);
    require("fibrillation per hour", fibrillationPerHour, 0, 60);
  }

  /** This rhythm with the sinus node at another rate, beats per minute. */
  public RhythmProfile withHeartRate(double newRate) {
    return new RhythmProfile(
        newRate,
        ventricularPerMinute,
        atrialPerMinute,
        runsPerHour,
        bigeminyPerHour,
        fibrillationPerHour);
  }

  private static void require(String field, double value, double minimum, double maximum) {
    if (!(value >= minimum && value <= maximum)) {
      throw new IllegalArgumentException(
          field + " is " + value + "; expected " + minimum + " to " + maximum);
    }
  }
}
