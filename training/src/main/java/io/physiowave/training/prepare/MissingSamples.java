package io.physiowave.training.prepare;

import io.physiowave.core.quality.QualityOptions;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where samples of a recording are missing: in gaps between segments, and where a segment lacks a
 * signal. Memory grows with the stretches that windows to come may reach.
 */
final class MissingSamples {
  /** As the streaming job has it: of a window that misses more it asks no model. */
  static final double MOST = QualityOptions.SURFACE.badMissingShare();

  private final int[] channels;
  private final Deque<Stretch> stretches = new ArrayDeque<>();
  private long next;

  /** Samples {@code [start, end)}. */
  private record Stretch(long start, long end) {}

  /**
   * None seen yet.
   *
   * @param channels that matter
   */
  MissingSamples(int[] channels) {
    this.channels = channels.clone();
  }

  /** Sees the recording's next samples: {@code float[channels][]}, of which so many count. */
  void take(float[][] samples, int count) {
    for (int i = 0; i < count; i++) {
      if (isMissing(samples, i)) {
        Stretch last = stretches.peekLast();
        boolean goesOn = last != null && last.end() == next;
        if (goesOn) {
          stretches.removeLast();
        }
        stretches.addLast(new Stretch(goesOn ? last.start() : next, next + 1));
      }
      next++;
    }
  }

  private boolean isMissing(float[][] samples, int at) {
    for (int channel : channels) {
      if (Float.isNaN(samples[channel][at])) {
        return true;
      }
    }
    return false;
  }

  /**
   * The share of samples {@code [start, end)} that at least one channel lacks, 0 to 1.
   *
   * @param start not before that of the call before
   */
  double share(long start, long end) {
    while (!stretches.isEmpty() && stretches.getFirst().end() <= start) {
      stretches.removeFirst();
    }
    long missing = 0;
    for (Stretch stretch : stretches) {
      missing += Math.max(0, Math.min(end, stretch.end()) - Math.max(start, stretch.start()));
    }
    return (double) missing / (double) (end - start);
  }
}
