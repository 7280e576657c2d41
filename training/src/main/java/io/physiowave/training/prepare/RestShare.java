package io.physiowave.training.prepare;

import io.physiowave.training.dataset.RandomSeeds;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The share of the windows of rest that is kept in each part, so that rest is about as frequent as
 * a movement. Each window is drawn for itself, so the number is met about and not exactly.
 *
 * @param shares 0 to 1 by part
 * @param seed of the draw
 */
record RestShare(Map<String, Double> shares, long seed) {

  /** Counts windows. */
  static final class Counts {
    private final int labels;
    private final Map<String, long[]> counts = new TreeMap<>();

    /** None yet; label 0 is rest. */
    Counts(int labels) {
      this.labels = labels;
    }

    void add(String part, int label, long windows) {
      counts.computeIfAbsent(part, key -> new long[labels])[label] += windows;
    }

    /** The share by which rest comes down to the median of the movements that occur. */
    RestShare share(long seed) {
      Map<String, Double> shares = new TreeMap<>();
      counts.forEach((part, of) -> shares.put(part, share(of)));
      return new RestShare(shares, seed);
    }

    private static double share(long[] of) {
      long[] movements = Arrays.stream(of).skip(1).filter(count -> count > 0).sorted().toArray();
      if (movements.length == 0 || of[0] == 0) {
        return 1;
      }
      int middle = movements.length / 2;
      double median =
          movements.length % 2 == 1
              ? movements[middle]
              : (movements[middle - 1] + movements[middle]) / 2.0;
      return Math.min(1, median / of[0]);
    }
  }

  /** The draws of one recording, the same whenever it is prepared. */
  Draw of(String recording) {
    return new Draw(shares, RandomSeeds.generator(seed, recording.hashCode()));
  }

  /** Draws window by window. */
  static final class Draw {
    private final Map<String, Double> shares;
    private final SplittableRandom random;

    private Draw(Map<String, Double> shares, SplittableRandom random) {
      this.shares = shares;
      this.random = random;
    }

    boolean keeps(String part) {
      return random.nextDouble() < shares.get(part);
    }
  }
}
