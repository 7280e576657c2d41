package io.physiowave.core.score;

import java.util.List;

/**
 * The beat-by-beat comparison of ANSI/AAMI EC57, with the rules of WFDB's {@code bxb}.
 *
 * <p>Walking along both annotators, the earlier of their current beats is paired with the other one
 * when that lies within the match window and neither is better off with its neighbour; otherwise it
 * is paired with a pseudo-beat. Beats of the test within the reference's ventricular flutter do not
 * count when they pair with nothing.
 */
public final class BeatComparator {
  private final BeatCursor reference;
  private final BeatCursor test;
  private final ComparisonPeriod period;
  private final PairCounts pairs = new PairCounts();

  private BeatComparator(
      List<BeatAnnotation> reference, List<BeatAnnotation> test, ComparisonPeriod period) {
    this.reference = new BeatCursor(reference, period.matchSamples(), true);
    this.test = new BeatCursor(test, period.matchSamples(), false);
    this.period = period;
  }

  /**
   * Compares two annotators of one recording.
   *
   * @param record the recording's name
   * @param reference what is true, in order of time
   * @param test what is judged, in order of time
   */
  public static BeatComparison compare(
      String record,
      List<BeatAnnotation> reference,
      List<BeatAnnotation> test,
      ComparisonPeriod period) {
    requireOrder(record, "reference", reference);
    requireOrder(record, "test", test);
    BeatComparator comparator = new BeatComparator(reference, test, period);
    comparator.enterPeriod();
    comparator.comparePeriod();
    return new BeatComparison(record, comparator.pairs);
  }

  private static void requireOrder(String record, String side, List<BeatAnnotation> annotations) {
    for (int i = 1; i < annotations.size(); i++) {
      if (annotations.get(i).sample() < annotations.get(i - 1).sample()) {
        throw new IllegalArgumentException(
            record
                + ": "
                + side
                + " annotation "
                + i
                + " at sample "
                + annotations.get(i).sample()
                + " comes after one at "
                + annotations.get(i - 1).sample()
                + "; expected the order of time");
      }
    }
  }

  /**
   * Goes to the first reference beat of the period, and to the last test beat before it, which may
   * be the same beat. A test beat within the match window of the period's start that pairs with
   * nothing is let go: its reference beat may lie before the period.
   */
  private void enterPeriod() {
    do {
      reference.advance();
    } while (reference.sample() < period.startSample());
    do {
      test.advance();
    } while (test.nextSample() < period.startSample());
    long distance = reference.sample() - test.sample();
    if (distance < Math.abs(reference.sample() - test.nextSample())
        && distance <= period.matchSamples()) {
      pairBoth();
      return;
    }
    test.advance();
    if (test.sample() - period.startSample() <= period.matchSamples()
        && Math.abs(reference.sample() - test.nextSample())
            < Math.abs(reference.sample() - test.sample())) {
      test.advance();
    }
  }

  private void comparePeriod() {
    while (goesOn()) {
      if (test.sample() < reference.sample()) {
        if (match(test, reference)) {
          pairBoth();
        } else {
          if (!reference.isFlutter(test.sample())) {
            pair(reference.absent(test.sample()), test.label());
          }
          test.advance();
        }
      } else if (match(reference, test)) {
        pairBoth();
      } else {
        pair(reference.label(), test.absent(reference.sample()));
        reference.advance();
      }
    }
  }

  private boolean goesOn() {
    return period.endSample() == ComparisonPeriod.REFERENCE_END
        ? reference.sample() != BeatCursor.NEVER
        : reference.sample() <= period.endSample() || test.sample() <= period.endSample();
  }

  /** Whether the earlier beat belongs to the later one, rather than its own successor. */
  private boolean match(BeatCursor earlier, BeatCursor later) {
    long distance = later.sample() - earlier.sample();
    long rival = Math.abs(later.sample() - earlier.nextSample());
    return distance <= period.matchSamples()
        && (distance < rival || Math.abs(later.nextSample() - earlier.nextSample()) < rival);
  }

  private void pairBoth() {
    pair(reference.label(), test.label());
    reference.advance();
    test.advance();
  }

  private void pair(BeatLabel truth, BeatLabel given) {
    if (truth != null && given != null) {
      pairs.add(truth, given, 1);
    }
  }
}
