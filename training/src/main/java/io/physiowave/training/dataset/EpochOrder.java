package io.physiowave.training.dataset;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The order in which an epoch shows its windows; it follows from seed and epoch alone. */
@FunctionalInterface
public interface EpochOrder {

  /**
   * The windows of an epoch in order.
   *
   * @param epoch counted from 0
   */
  int[] windows(int epoch);

  /** Every window once, as stored. */
  static EpochOrder sequential(int count) {
    return epoch -> ascending(count);
  }

  /** Every window once, in random order. */
  static EpochOrder shuffled(int count, long seed) {
    return epoch -> {
      int[] order = ascending(count);
      shuffle(order, RandomSeeds.generator(seed, epoch));
      return order;
    };
  }

  /**
   * Windows drawn by class and group.
   *
   * @param labels one class per window
   * @param groups record or subject of each window; all alike when unknown
   * @param classes number of classes
   * @param seed of the draws
   */
  static EpochOrder drawn(
      WindowLabels labels, int[] groups, int classes, SamplingOptions sampling, long seed) {
    return new ClassOrder(labels, groups, classes, sampling, seed);
  }

  /**
   * Every window once, in an order that reads neighbours soon after each other: blocks of
   * neighbouring windows in random order, then shuffled within a buffer.
   *
   * @param block windows of a block, at least 1
   * @param buffer windows among which places are exchanged, at least 1; with as many as there are,
   *     every order is possible
   * @param seed of the order
   */
  static EpochOrder buffered(int count, int block, int buffer, long seed) {
    return new BufferedOrder(count, block, buffer, seed);
  }

  private static int[] ascending(int count) {
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    return order;
  }

  /** Fisher and Yates. */
  static void shuffle(int[] values, RandomGenerator random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }
}
