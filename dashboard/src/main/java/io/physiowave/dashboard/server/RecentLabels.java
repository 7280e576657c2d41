package io.physiowave.dashboard.server;

import java.util.Arrays;

/**
 * Tells a label that comes again from a new one. Repeats come soon after their originals: a job
 * that restarts goes back one checkpoint. Two kilobytes a stream at most. Not safe for use by
 * several threads.
 */
final class RecentLabels {
  /** Labels remembered: most of a minute at ten a second. */
  static final int CAPACITY = 512;

  // A new label is taken for a repeat once in eight million: 512 of them in 2^32 hashes.
  private int[] hashes = new int[16];
  private long count;

  /** Remembers a label by its id; false when it is among the latest. */
  boolean isNew(String id) {
    int hash = id.hashCode();
    int known = (int) Math.min(count, CAPACITY);
    for (int i = 0; i < known; i++) {
      if (hashes[i] == hash) {
        return false;
      }
    }
    if (known == hashes.length && known < CAPACITY) {
      hashes = Arrays.copyOf(hashes, Math.min(CAPACITY, 2 * known));
    }
    hashes[(int) (count % CAPACITY)] = hash;
    count++;
    return true;
  }
}
