package io.physiowave.core.quality;

/**
 * From where on a channel's signal is usable only, or bad. Shares are of the window's samples.
 *
 * @param usableMissingShare samples lost, NaN or infinite: above it usable, in [0, 1]
 * @param badMissingShare samples lost, NaN or infinite: above it bad, at least the usable share
 * @param usableLeadOffShare samples with the electrode off: above it usable
 * @param badLeadOffShare samples with the electrode off: above it bad
 * @param flatRangeMillivolts a stretch is flat when its values span no more than this, 0 or more
 * @param usableFlatShare longest flat stretch: above it usable
 * @param badFlatShare longest flat stretch: above it bad
 * @param saturatedSeconds a value repeated at the session's extreme for this long is the rail of a
 *     converter, not a peak; more than 0
 * @param usableSaturatedShare samples at a rail: above it usable
 * @param badSaturatedShare samples at a rail: above it bad
 * @param usableRangeMillivolts largest minus smallest value: above it usable
 * @param badRangeMillivolts largest minus smallest value: above it bad
 * @param usableNoiseMillivolts mean absolute step between samples 4 ms apart: above it usable
 * @param badNoiseMillivolts mean absolute step between samples 4 ms apart: above it bad
 */
public record QualityOptions(
    double usableMissingShare,
    double badMissingShare,
    double usableLeadOffShare,
    double badLeadOffShare,
    double flatRangeMillivolts,
    double usableFlatShare,
    double badFlatShare,
    double saturatedSeconds,
    double usableSaturatedShare,
    double badSaturatedShare,
    double usableRangeMillivolts,
    double badRangeMillivolts,
    double usableNoiseMillivolts,
    double badNoiseMillivolts) {

  /**
   * For windows around heart beats: nothing of the heart is below 20 uV or above 15 mV, baseline
   * wander included, and a beat's steepest parts are short.
   */
  public static final QualityOptions BEATS =
      new QualityOptions(0.0, 0.2, 0.0, 0.5, 0.02, 0.5, 0.9, 0.025, 0.05, 0.25, 15, 50, 0.15, 0.6);

  /**
   * For any surface signal: amplitude says nothing, since a strong contraction looks like noise;
   * flat means constant to the last digit.
   */
  public static final QualityOptions SURFACE =
      new QualityOptions(0.0, 0.2, 0.0, 0.5, 0.0, 0.5, 0.9, 0.025, 0.05, 0.25, 1e6, 1e6, 1e6, 1e6);

  public QualityOptions {
    requireShares("MissingShare", usableMissingShare, badMissingShare);
    requireShares("LeadOffShare", usableLeadOffShare, badLeadOffShare);
    requireShares("FlatShare", usableFlatShare, badFlatShare);
    requireShares("SaturatedShare", usableSaturatedShare, badSaturatedShare);
    requireOrder("RangeMillivolts", usableRangeMillivolts, badRangeMillivolts);
    requireOrder("NoiseMillivolts", usableNoiseMillivolts, badNoiseMillivolts);
    if (!(flatRangeMillivolts >= 0)) {
      throw new IllegalArgumentException(
          "flatRangeMillivolts is " + flatRangeMillivolts + "; expected 0 or more");
    }
    if (!(saturatedSeconds > 0)) {
      throw new IllegalArgumentException(
          "saturatedSeconds is " + saturatedSeconds + "; expected more than 0");
    }
  }

  private static void requireShares(String name, double usable, double bad) {
    requireOrder(name, usable, bad);
    if (bad > 1) {
      throw new IllegalArgumentException("bad" + name + " is " + bad + "; expected at most 1");
    }
  }

  private static void requireOrder(String name, double usable, double bad) {
    if (!(usable >= 0 && usable <= bad)) {
      throw new IllegalArgumentException(
          "usable"
              + name
              + " is "
              + usable
              + " and bad"
              + name
              + " "
              + bad
              + "; expected 0 <= usable <= bad");
    }
  }
}
