package io.physiowave.connectors.simulate;

/**
 * How much a simulated ECG is disturbed.
 *
 * @param wanderMillivolts amplitude of the baseline wander by breathing and electrodes, 0 to 2
 * @param mainsMillivolts amplitude of the mains hum, 0 to 1
 * @param mainsHz frequency of the mains, 50 or 60
 * @param muscleMillivolts standard deviation of the muscle noise, 0 to 1
 * @param motionPerHour bursts of motion artefact per hour, 0.5 to 2 s each, 0 to 1000
 * @param motionMillivolts amplitude of these bursts, 0 to 5
 */
public record EcgNoiseLevels(
    double wanderMillivolts,
    double mainsMillivolts,
    int mainsHz,
    double muscleMillivolts,
    double motionPerHour,
    double motionMillivolts) {

  /** No noise at all. */
  public static final EcgNoiseLevels NONE = new EcgNoiseLevels(0, 0, 60, 0, 0, 0);

  /** As in a good stretch of an ambulatory recording. */
  public static final EcgNoiseLevels TYPICAL = new EcgNoiseLevels(0.06, 0.006, 60, 0.012, 6, 0.5);

  /** As in a poor stretch of an ambulatory recording. */
  public static final EcgNoiseLevels HEAVY = new EcgNoiseLevels(0.25, 0.03, 60, 0.05, 60, 1.2);

  public EcgNoiseLevels {
    require("wander", wanderMillivolts, 2, "mV");
    require("mains", mainsMillivolts, 1, "mV");
    require("muscle noise", muscleMillivolts, 1, "mV");
    require("motion bursts", motionPerHour, 1000, "per hour");
    require("motion", motionMillivolts, 5, "mV");
    if (mainsHz != 50 && mainsHz != 60) {
      throw new IllegalArgumentException("mains is " + mainsHz + " Hz; expected 50 or 60");
    }
  }

  private static void require(String field, double value, double maximum, String unit) {
    if (!(value >= 0 && value <= maximum)) {
      throw new IllegalArgumentException(
          field + " is " + value + " " + unit + "; expected 0 to " + maximum);
    }
  }
}
