package io.physiowave.core.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The verdict on one channel worked out from all of its samples, kept for ever: what {@link
 * ChannelQuality} says of a stretch from what little it keeps.
 */
final class QualityReference {
  /** What came, sample by sample; null for a sample that was lost. */
  private final List<Float> samples = new ArrayList<>();

  private final List<Boolean> electrodeOff = new ArrayList<>();
  private final List<Integer> atRail = new ArrayList<>();

  private final QualityOptions options;
  private final double millivoltsPerUnit;
  private final double rate;
  private final int block;

  private float lowest = Float.POSITIVE_INFINITY;
  private float highest = Float.NEGATIVE_INFINITY;
  private float before = Float.NaN;
  private int run;

  QualityReference(QualityOptions options, double millivoltsPerUnit, double rate, int window) {
    this.options = options;
    this.millivoltsPerUnit = millivoltsPerUnit;
    this.rate = rate;
    block = (int) Math.max(1, Math.min(Math.round(0.02 * rate), window / 16));
  }

  int size() {
    return samples.size();
  }

  int block() {
    return block;
  }

  void accept(float value, boolean off) {
    samples.add(value);
    electrodeOff.add(off);
    if (!Float.isFinite(value)) {
      atRail.add(0);
      return;
    }
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
    run = value == before ? run + 1 : 1;
    before = value;
    int needed = (int) Math.max(3, Math.round(options.saturatedSeconds() * rate));
    atRail.add(value == lowest || value == highest ? counted(run, needed) : 0);
  }

  void lose() {
    samples.add(null);
    electrodeOff.add(false);
    atRail.add(0);
    before = Float.NaN;
  }

  /** A run that has become long enough for a rail counts whole where it became so. */
  private static int counted(int run, int needed) {
    return run < needed ? 0 : run == needed ? needed : 1;
  }

  /** Judges the whole blocks within samples {@code [start, end)}, of which some came. */
  SignalQuality assess(int start, int end) {
    int from = Math.max(0, (start + block - 1) / block * block);
    int to = Math.min(end / block * block, samples.size());
    int gap = 0;
    int invalid = 0;
    int off = 0;
    int stuck = 0;
    float path = 0;
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      Float value = samples.get(i);
      off += electrodeOff.get(i) ? 1 : 0;
      stuck += atRail.get(i);
      if (value == null) {
        gap++;
      } else if (!Float.isFinite(value)) {
        invalid++;
      } else {
        path += step(i);
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    int total = to - from;
    if (total <= 0) {
      return new SignalQuality(QualityLevel.BAD, "no samples");
    }
    List<String> reasons = new ArrayList<>();
    QualityLevel worst = QualityLevel.GOOD;
    double[][] figures = {
      {gap, options.usableMissingShare(), options.badMissingShare()},
      {invalid, options.usableMissingShare(), options.badMissingShare()},
      {off, options.usableLeadOffShare(), options.badLeadOffShare()},
      {longestFlat(from, to), options.usableFlatShare(), options.badFlatShare()},
      {stuck, options.usableSaturatedShare(), options.badSaturatedShare()}
    };
    String[] names = {"samples lost", "not a number", "lead off", "flatline", "saturated"};
    for (int i = 0; i < names.length; i++) {
      double share = Math.min(1, figures[i][0] / total);
      if (share > figures[i][1]) {
        reasons.add(String.format(Locale.ROOT, "%s %.0f %%", names[i], Math.max(1, share * 100)));
        worst = worse(worst, share > figures[i][2]);
      }
    }
    if (high >= low) {
      double range = (high - low) * millivoltsPerUnit;
      // In single precision, as there: a figure is rounded for its text.
      double noise = path / (total - gap - invalid) * (float) (0.004 * rate) * millivoltsPerUnit;
      if (range > options.usableRangeMillivolts()) {
        reasons.add(String.format(Locale.ROOT, "range %.2g mV", range));
        worst = worse(worst, range > options.badRangeMillivolts());
      }
      if (noise > options.usableNoiseMillivolts()) {
        reasons.add(String.format(Locale.ROOT, "noise %.2g mV", noise));
        worst = worse(worst, noise > options.badNoiseMillivolts());
      }
    }
    return new SignalQuality(worst, String.join(", ", reasons));
  }

  private static QualityLevel worse(QualityLevel level, boolean bad) {
    return bad ? QualityLevel.BAD : level == QualityLevel.BAD ? level : QualityLevel.USABLE;
  }

  /** Distance from the finite value before, with nothing lost between. */
  private float step(int at) {
    for (int i = at - 1; i >= 0 && samples.get(i) != null; i--) {
      if (Float.isFinite(samples.get(i))) {
        return Math.abs(samples.get(at) - samples.get(i));
      }
    }
    return 0;
  }

  /** Most samples of neighbouring blocks whose values together span no more than a flat line's. */
  private int longestFlat(int from, int to) {
    int longest = 0;
    int first = from;
    for (int end = from + block; end < to + block; end += block) {
      int last = Math.min(end, to);
      if (span(first, last) > options.flatRangeMillivolts() / millivoltsPerUnit) {
        boolean itself =
            span(end - block, last) <= options.flatRangeMillivolts() / millivoltsPerUnit;
        first = itself ? end - block : last;
      }
      longest = Math.max(longest, last - first);
    }
    return longest;
  }

  private float span(int from, int to) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      if (samples.get(i) != null && Float.isFinite(samples.get(i))) {
        low = Math.min(low, samples.get(i));
        high = Math.max(high, samples.get(i));
      }
    }
    return high - low;
  }
}
