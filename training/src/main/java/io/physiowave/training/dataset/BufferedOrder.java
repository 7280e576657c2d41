package io.physiowave.training.dataset;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Blocks in random order, then windows in random order within a buffer of several blocks. */
final class BufferedOrder implements EpochOrder {
  private final int count;
  private final int block;
  private final int buffer;
  private final long seed;

  BufferedOrder(int count, int block, int buffer, long seed) {
    if (block < 1 || buffer < 1) {
      throw new IllegalArgumentException(
          "shuffling blocks of " + block + " in a buffer of " + buffer + "; expected 1 or more");
    }
    this.count = count;
    this.block = block;
    this.buffer = buffer;
    this.seed = seed;
  }

  @Override
  public int[] windows(int epoch) {
    SplittableRandom random = RandomSeeds.generator(seed, epoch);
    int[] blocks = IntStream.range(0, (count + block - 1) / block).toArray();
    EpochOrder.shuffle(blocks, random);
    int[] order = new int[count];
    int filled = 0;
    for (int number : blocks) {
      int end = Math.min(count, (number + 1) * block);
      for (int window = number * block; window < end; window++) {
        order[filled++] = window;
      }
    }
    for (int from = 0; from < count; from += buffer) {
      int length = Math.min(buffer, count - from);
      for (int i = length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swapped = order[from + i];
        order[from + i] = order[from + j];
        order[from + j] = swapped;
      }
    }
    return order;
  }
}
