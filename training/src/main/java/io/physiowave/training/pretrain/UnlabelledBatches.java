package io.physiowave.training.pretrain;

import io.physiowave.training.dataset.AugmentationOptions;
import io.physiowave.training.dataset.RandomSeeds;
import io.physiowave.training.dataset.WindowAugmenter;
import io.physiowave.training.dataset.WindowLayout;
import io.physiowave.training.dataset.WindowSet;
import java.io.IOException;
import java.util.SplittableRandom;

/**
 * Batches of windows of one length, cut or filled up from windows of another. A batch follows from
 * the seed, the epoch and its number alone.
 */
final class UnlabelledBatches {
  private final WindowSet windows;
  private final int length;
  private final AugmentationOptions augmentation;
  private final boolean randomCrop;
  private final WindowAugmenter augmenter;
  private final long seed;

  UnlabelledBatches(
      WindowSet windows,
      int maximumLength,
      AugmentationOptions augmentation,
      boolean randomCrop,
      long seed) {
    this.windows = windows;
    this.length = maximumLength;
    this.augmentation = augmentation;
    this.randomCrop = randomCrop;
    this.augmenter =
        new WindowAugmenter(new WindowLayout(windows.rows(), 0, length, 0), augmentation);
    this.seed = seed;
  }

  WindowSet windows() {
    return windows;
  }

  /**
   * One batch, row-major {@code [size][rows][length]}.
   *
   * @param order the epoch's windows
   * @return empty when the epoch has fewer windows
   */
  float[] batch(int[] order, int epoch, int number, int batchSize) throws IOException {
    int from = Math.min(number * batchSize, order.length);
    int size = Math.min(batchSize, order.length - from);
    int rows = windows.rows();
    float[] batch = new float[size * rows * length];
    float[] stored = new float[rows * windows.samples()];
    float[] cut = new float[rows * length];
    for (int i = 0; i < size; i++) {
      windows.read(order[from + i], stored);
      SplittableRandom random = RandomSeeds.generator(seed, epoch, from + i);
      cut(stored, cut, random);
      if (augmentation.equals(AugmentationOptions.NONE)) {
        System.arraycopy(cut, 0, batch, i * cut.length, cut.length);
      } else {
        augmenter.apply(cut, batch, i * cut.length, random);
      }
    }
    return batch;
  }

  /** The middle, or a random place, of a longer window; zeros after a shorter one. */
  private void cut(float[] stored, float[] cut, SplittableRandom random) {
    int samples = windows.samples();
    int room = Math.max(0, samples - length);
    int start = randomCrop && room > 0 ? random.nextInt(room + 1) : room / 2;
    int copied = Math.min(samples, length);
    for (int row = 0; row < windows.rows(); row++) {
      System.arraycopy(stored, row * samples + start, cut, row * length, copied);
    }
  }
}
