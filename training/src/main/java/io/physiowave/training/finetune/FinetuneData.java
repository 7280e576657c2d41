package io.physiowave.training.finetune;

import io.physiowave.training.dataset.AugmentationOptions;
import io.physiowave.training.dataset.BatchAssembler;
import io.physiowave.training.dataset.BatchSource;
import io.physiowave.training.dataset.InvalidDatasetException;
import io.physiowave.training.dataset.RandomSeeds;
import io.physiowave.training.dataset.WindowLayout;
import io.physiowave.training.measure.OutputTask;
import io.physiowave.training.model.Task;
import java.util.Optional;

/**
 * The windows of a fine-tuning, ready to be made into batches.
 *
 * @param training varied as the options say
 * @param validation unvaried; what the best epoch is chosen by
 * @param test unvaried; what is measured at the end alone
 */
public record FinetuneData(
    BatchSource training, BatchSource validation, Optional<BatchSource> test) {
  private static final long AUGMENTATION = 2;

  /**
   * The windows of one signal.
   *
   * @param classes number of classes or labels
   * @param layout of the windows in the files
   * @throws InvalidDatasetException when windows have another shape than the layout
   */
  public static FinetuneData of(
      TrainingParts parts, int classes, WindowLayout layout, AugmentationOptions varied, long seed)
      throws InvalidDatasetException {
    return new FinetuneData(
        source(parts.train(), classes, layout, varied, RandomSeeds.derive(seed, AUGMENTATION)),
        source(parts.validation(), classes, layout, AugmentationOptions.NONE, 0),
        parts.test().isPresent()
            ? Optional.of(source(parts.test().get(), classes, layout, AugmentationOptions.NONE, 0))
            : Optional.empty());
  }

  private static BatchSource source(
      TrainingParts.Part part,
      int classes,
      WindowLayout layout,
      AugmentationOptions varied,
      long seed)
      throws InvalidDatasetException {
    return new BatchAssembler(part.windows(), part.labels(), classes, layout, varied, seed);
  }

  /**
   * Refuses labels that the only task cannot learn from; those of several tasks were looked at when
   * their heads were made.
   *
   * @throws InvalidDatasetException when windows have one label and the task gives several, or the
   *     other way round
   */
  void requireLabelsFor(OutputTask task) throws InvalidDatasetException {
    boolean several = training.labels().isMultiLabel();
    if (task.isOnly() && several != (task.task() == Task.MULTILABEL)) {
      throw new InvalidDatasetException(
          training.where(0)
              + ": label has "
              + (several ? training.labels().columns() + " marks" : "one class")
              + " a window; --task "
              + task.task().publishedName()
              + " expects "
              + (several ? "one class (N); use --task multilabel" : "marks of 0 and 1 (N,K)"));
    }
  }
}
