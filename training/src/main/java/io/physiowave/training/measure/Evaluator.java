package io.physiowave.training.measure;

import io.physiowave.training.dataset.BatchPrefetcher;
import io.physiowave.training.dataset.BatchSource;
import io.physiowave.training.dataset.EpochOrder;
import io.physiowave.training.dataset.WindowBatch;
import io.physiowave.training.distributed.ProcessGroup;
import io.physiowave.training.run.TrainingProgress;
import java.io.IOException;

/** Asks a model about every window of a set, in order. */
public final class Evaluator {
  private Evaluator() {}

  /**
   * All answers; several processes share the windows, and each gets all answers.
   *
   * @param outputs of the model for a window, K
   * @param windows unvaried
   * @param batchSize windows asked at once
   * @param progress counts windows; the caller closes it
   * @param group those who share; alone for one process
   * @return row-major {@code [N][K]}
   */
  public static float[] logits(
      WindowModel model,
      int outputs,
      BatchSource windows,
      int batchSize,
      TrainingProgress progress,
      ProcessGroup group)
      throws IOException {
    int[] order = EpochOrder.sequential(windows.size()).windows(0);
    float[] logits = new float[order.length * outputs];
    int batches = (order.length + batchSize - 1) / batchSize;
    int first = (int) ((long) batches * group.rank().rank() / group.size());
    int end = (int) ((long) batches * (group.rank().rank() + 1) / group.size());
    try (BatchPrefetcher<WindowBatch> prefetcher =
        new BatchPrefetcher<>(
            first, end, 1, number -> windows.batch(order, 0, number, batchSize))) {
      while (prefetcher.hasNext()) {
        WindowBatch batch = prefetcher.next();
        float[] answers = model.logits(batch.windows(), batch.size());
        if (answers.length != batch.size() * outputs) {
          throw new IOException(
              "the model gives "
                  + answers.length
                  + " values for "
                  + batch.size()
                  + " windows; expected "
                  + outputs
                  + " for each");
        }
        System.arraycopy(answers, 0, logits, batch.number() * batchSize * outputs, answers.length);
        progress.advance(batch.size(), Double.NaN, 0);
      }
    }
    group.sumInto(logits);
    return logits;
  }
}
