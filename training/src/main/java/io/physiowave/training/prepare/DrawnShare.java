package io.physiowave.training.prepare;

import io.physiowave.training.dataset.RandomSeeds;
import java.util.BitSet;
import java.util.SplittableRandom;

/** Draws so many of a number of things, each choice as likely as any other. */
final class DrawnShare {
  private DrawnShare() {}

  /**
   * Draws by selection sampling (Knuth, The Art of Computer Programming 2, algorithm S).
   *
   * @param count things, 0 or more
   * @param wanted how many to draw, at most {@code count}
   * @return the positions drawn
   */
  static BitSet draw(int count, int wanted, long seed, long... use) {
    SplittableRandom random = RandomSeeds.generator(seed, use);
    BitSet drawn = new BitSet(count);
    int left = wanted;
    for (int i = 0; i < count && left > 0; i++) {
      if (random.nextInt(count - i) < left) {
        drawn.set(i);
        left--;
      }
    }
    return drawn;
  }
}
