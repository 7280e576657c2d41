package io.physiowave.training.measure;

import io.physiowave.training.dataset.BatchAssembler;
import io.physiowave.training.dataset.BatchPrefetcher;
import io.physiowave.training.dataset.EpochOrder;
import io.physiowave.training.dataset.WindowBatch;
import io.physiowave.training.model.Task;
import io.physiowave.training.run.TrainingProgress;
import java.io.IOException;

/** Asks a model about every window of a set, in order. */
public final class Evaluator {
  private Evaluator() {}

  /**
   * All answers.
   *
   * @param windows unvaried
   * @param batchSize windows asked at once
   * @param progress counts windows; the caller closes it
   */
  public static Answers answers(
      WindowModel model,
      Task task,
      int classes,
      BatchAssembler windows,
      int batchSize,
      TrainingProgress progress)
      throws IOException {
    int count = windows.windows().size();
    int[] order = EpochOrder.sequential(count).windows(0);
    float[] logits = new float[count * classes];
    int batches = (count + batchSize - 1) / batchSize;
    try (BatchPrefetcher<WindowBatch> prefetcher =
        new BatchPrefetcher<>(
            0, batches, 1, number -> windows.batch(order, 0, number, batchSize))) {
      int done = 0;
      while (prefetcher.hasNext()) {
        WindowBatch batch = prefetcher.next();
        float[] answers = model.logits(batch.windows(), batch.size());
        System.arraycopy(answers, 0, logits, done * classes, answers.length);
        done += batch.size();
        progress.advance(batch.size(), Double.NaN, 0);
      }
    }
    return new Answers(task, classes, logits);
  }
}
