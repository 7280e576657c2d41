package io.physiowave.training.dataset;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * Makes batches out of windows. A batch follows from the seed, the epoch and its number alone,
 * whatever was assembled before.
 */
public final class BatchAssembler implements BatchSource {
  private static final long MIXING = 1;

  private final WindowSet windows;
  private final WindowLabels labels;
  private final int classes;
  private final WindowLayout layout;
  private final AugmentationOptions augmentation;
  private final WindowAugmenter augmenter;
  private final long seed;

  /**
   * Takes the windows and how to vary them.
   *
   * @param labels of the windows
   * @param classes number of classes or labels
   * @param augmentation {@link AugmentationOptions#NONE} for evaluation
   * @throws InvalidDatasetException when the windows have another shape than the layout
   */
  public BatchAssembler(
      WindowSet windows,
      WindowLabels labels,
      int classes,
      WindowLayout layout,
      AugmentationOptions augmentation,
      long seed)
      throws InvalidDatasetException {
    layout.requireFit(windows);
    this.windows = windows;
    this.labels = labels;
    this.classes = classes;
    this.layout = layout;
    this.augmentation = augmentation;
    this.augmenter = new WindowAugmenter(layout, augmentation);
    this.seed = seed;
  }

  /** How the windows are made up. */
  public WindowLayout layout() {
    return layout;
  }

  @Override
  public int size() {
    return windows.size();
  }

  @Override
  public WindowLabels labels() {
    return labels;
  }

  @Override
  public Optional<int[]> groups() {
    return windows.groups();
  }

  @Override
  public String where(int window) {
    return windows.where(window);
  }

  @Override
  public WindowBatch batch(int[] order, int epoch, int number, int batchSize) throws IOException {
    int from = Math.min(number * batchSize, order.length);
    int[] indices = Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length));
    float[] values = new float[indices.length * layout.inputLength()];
    float[] targets = new float[indices.length * classes];
    float[] stored = new float[layout.storedLength()];
    for (int i = 0; i < indices.length; i++) {
      windows.read(indices[i], stored);
      int at = i * layout.inputLength();
      if (augmentation.equals(AugmentationOptions.NONE)) {
        WindowAugmenter.crop(layout, stored, values, at);
      } else {
        SplittableRandom random = RandomSeeds.generator(seed, epoch, from + i);
        augmenter.apply(stored, values, at, random);
      }
      for (int label = 0; label < classes; label++) {
        targets[i * classes + label] = labels.holds(indices[i], label) ? 1 : 0;
      }
    }
    if (augmentation.mixup() > 0 && indices.length > 1) {
      mix(values, targets, RandomSeeds.generator(seed, epoch, number, MIXING));
    }
    return new WindowBatch(number, indices.length, values, targets, indices);
  }

  /** Mixes each window with the next one of the batch by a common share (Zhang et al. 2018). */
  private void mix(float[] values, float[] targets, SplittableRandom random) {
    BetaDistribution shares =
        new BetaDistribution(null, augmentation.mixup(), augmentation.mixup());
    double drawn = shares.inverseCumulativeProbability(random.nextDouble());
    float share = (float) Math.max(drawn, 1 - drawn);
    blend(values, layout.inputLength(), share);
    blend(targets, classes, share);
  }

  private static void blend(float[] rows, int width, float share) {
    float[] first = Arrays.copyOf(rows, width);
    int last = rows.length - width;
    for (int i = 0; i < last; i++) {
      rows[i] = share * rows[i] + (1 - share) * rows[i + width];
    }
    for (int i = 0; i < width; i++) {
      rows[last + i] = share * rows[last + i] + (1 - share) * first[i];
    }
  }
}
