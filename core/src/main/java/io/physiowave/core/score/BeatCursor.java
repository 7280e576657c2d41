package io.physiowave.core.score;

import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;

/**
 * Walks over the beats of one annotator, two at a time, and keeps the last two stretches of
 * ventricular flutter and of unreadable signal that it has passed.
 */
final class BeatCursor {
  /** The time of the beat after the last. */
  static final long NEVER = Long.MAX_VALUE;

  private static final int UNREADABLE = 0x30;
  private static final Stretch NONE = new Stretch(-1, -1);

  private final ListIterator<BeatAnnotation> annotations;
  private final long matchSamples;
  private final boolean isReference;

  private long sample;
  private BeatLabel label;
  private long nextSample;
  private BeatLabel nextLabel;
  private Stretch flutter = NONE;
  private Stretch earlierFlutter = NONE;
  private Stretch shutdown = NONE;
  private Stretch earlierShutdown = NONE;

  /** Samples from start to end, both included; an end of -1 is open. */
  private record Stretch(long start, long end) {
    boolean holds(long sample, boolean mayBeOpen) {
      return start != -1 && start <= sample && (sample <= end || (mayBeOpen && end == -1));
    }
  }

  /**
   * A walk from the start.
   *
   * @param isReference whether an unreadable stretch that nothing ends reaches to the end for
   *     certain; {@code bxb} grants that to the reference only
   */
  BeatCursor(List<BeatAnnotation> annotations, long matchSamples, boolean isReference) {
    this.annotations = annotations.listIterator();
    this.matchSamples = matchSamples;
    this.isReference = isReference;
  }

  /** Sample of the current beat; 0 before the first, {@link #NEVER} after the last. */
  long sample() {
    return sample;
  }

  /** Label of the current beat; null before the first and after the last. */
  BeatLabel label() {
    return label;
  }

  /** Sample of the beat after the current one. */
  long nextSample() {
    return nextSample;
  }

  /** Goes on to the next beat. */
  void advance() {
    sample = nextSample;
    label = nextLabel;
    nextSample = NEVER;
    nextLabel = null;
    while (annotations.hasNext()) {
      BeatAnnotation annotation = annotations.next();
      BeatLabel beat = BeatLabel.ofCode(annotation.code());
      if (beat != null) {
        nextSample = annotation.sample();
        nextLabel = beat;
        return;
      }
      if (annotation.code().equals("~") && isUnreadable(annotation)) {
        passShutdown(annotation.sample());
      } else if (annotation.code().equals("[")) {
        passFlutter(annotation.sample());
      }
    }
  }

  private static boolean isUnreadable(BeatAnnotation annotation) {
    return (annotation.subtype() & UNREADABLE) == UNREADABLE;
  }

  /**
   * Takes note of unreadable signal. Where no second mark ends it, the mark stands somewhere in the
   * middle, and the stretch reaches from the last beat to the next annotation, less the match
   * window on either side.
   */
  private void passShutdown(long start) {
    earlierShutdown = shutdown;
    if (!annotations.hasNext()) {
      shutdown = new Stretch(start, isReference ? NEVER : shutdown.end());
      return;
    }
    BeatAnnotation next = annotations.next();
    if (next.code().equals("~") && !isUnreadable(next)) {
      shutdown = new Stretch(start, next.sample());
      return;
    }
    annotations.previous();
    long from = Math.max(flutter.end(), sample) + matchSamples;
    long to = next.sample() - matchSamples;
    shutdown = new Stretch(Math.min(from, to), to);
  }

  /** Takes note of ventricular flutter and skips what is annotated within it. */
  private void passFlutter(long start) {
    earlierFlutter = flutter;
    flutter = new Stretch(start, flutter.end());
    Iterator<BeatAnnotation> inside = annotations;
    while (inside.hasNext()) {
      BeatAnnotation annotation = inside.next();
      if (annotation.code().equals("]")) {
        flutter = new Stretch(start, annotation.sample());
        return;
      }
    }
  }

  /** Whether a sample lies in ventricular flutter. */
  boolean isFlutter(long at) {
    return flutter.holds(at, true) || earlierFlutter.holds(at, false);
  }

  /** The pseudo-label of a beat that this annotator lacks. */
  BeatLabel absent(long at) {
    return shutdown.holds(at, true) || earlierShutdown.holds(at, false) ? BeatLabel.X : BeatLabel.O;
  }
}
