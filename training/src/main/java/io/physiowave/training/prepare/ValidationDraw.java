package io.physiowave.training.prepare;

import io.physiowave.training.dataset.RandomSeeds;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Which of a data set's windows, records or people are set apart for validation.
 *
 * @param share of them, 0 to below 1
 * @param seed of the draw
 */
public record ValidationDraw(double share, long seed) {
  /**
   * Checks the share.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public ValidationDraw {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("val_split_ratio is " + share + "; expected 0 to below 1");
    }
  }

  /**
   * Whether the one of this name is drawn: by nothing but its name, so that the share is met about,
   * and others that come or go move it nowhere.
   */
  boolean takes(String name) {
    return takes(name.hashCode());
  }

  /** Whether the one of this number is drawn, as for a name. */
  boolean takes(int number) {
    return isDrawn(RandomSeeds.generator(seed, number));
  }

  /** Draws what lies in the one of this name, one after the other; see {@link #isDrawn}. */
  SplittableRandom within(String name) {
    return RandomSeeds.generator(seed, name.hashCode());
  }

  /** Whether the next one of {@link #within} is drawn. */
  boolean isDrawn(SplittableRandom within) {
    return within.nextDouble() < share;
  }

  /**
   * Draws by number.
   *
   * @param count of them all
   * @param wanted how many are drawn
   * @return the positions drawn
   */
  BitSet of(int count, long wanted) {
    return DrawnShare.draw(count, (int) wanted, seed);
  }

  /** The share and the seed, in words. */
  @Override
  public String toString() {
    return "a share of " + share + " for validation, drawn with seed " + seed;
  }
}
