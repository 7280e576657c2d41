package io.physiowave.training.dataset;

import java.util.SplittableRandom;

/**
 * Independent random numbers for every use of a seed, so that what is drawn in one place never
 * depends on what was drawn before in another: a run that resumes draws what it would have drawn.
 */
public final class RandomSeeds {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private RandomSeeds() {}

  /** A seed that follows from a seed and the position of its use. */
  public static long derive(long seed, long... position) {
    long state = mix(seed + GOLDEN_GAMMA);
    for (long part : position) {
      state = mix(state ^ mix(part + GOLDEN_GAMMA));
    }
    return state;
  }

  /** A generator that follows from a seed and the position of its use. */
  public static SplittableRandom generator(long seed, long... position) {
    return new SplittableRandom(derive(seed, position));
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
