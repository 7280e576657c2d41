package io.physiowave.training.finetune;

import static org.bytedeco.pytorch.global.torch.manual_seed;

import io.physiowave.training.dataset.BatchSource;
import io.physiowave.training.dataset.RandomSeeds;
import io.physiowave.training.dataset.WindowBatch;
import io.physiowave.training.distributed.ProcessGroup;
import io.physiowave.training.measure.OutputTask;
import io.physiowave.training.model.Scopes;
import io.physiowave.training.model.Task;
import io.physiowave.training.model.Tensors;
import io.physiowave.training.run.AdamWOptimizer;
import io.physiowave.training.run.NonFiniteLossException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Trains a model on one batch after the other, each process of a group on its part of it. */
final class EpochTrainer {
  private static final long DROPOUT = 0xD0;

  private final Learner learner;
  private final Collection<Tensor> trained;
  private final AdamWOptimizer optimizer;
  private final TotalLoss criterion;
  private final List<OutputTask> tasks;
  private final FinetuneOptions options;
  private final ProcessGroup group;

  EpochTrainer(
      Learner learner,
      AdamWOptimizer optimizer,
      TotalLoss criterion,
      List<OutputTask> tasks,
      FinetuneOptions options,
      ProcessGroup group) {
    this.learner = learner;
    this.trained = List.copyOf(learner.model().trainedParameters().values());
    this.optimizer = optimizer;
    this.criterion = criterion;
    this.tasks = List.copyOf(tasks);
    this.options = options;
    this.group = group;
  }

  /**
   * What a step gave, over all processes.
   *
   * @param loss mean over the batch
   * @param hits windows labelled rightly
   * @param size windows of the batch
   */
  record Step(double loss, int hits, int size) {}

  /** A process's part of a step: its loss is NaN when it had no window. */
  private record Part(double loss, double weight, int hits, int size) {}

  /**
   * One step.
   *
   * @param batch this process's part of it, perhaps empty
   * @param step number within the whole training; dropout follows from it
   * @param windows that the batch is made of, for messages
   * @throws NonFiniteLossException in every process, before the parameters change
   */
  Step step(WindowBatch batch, int epoch, long step, double learningRate, BatchSource windows)
      throws IOException {
    // Each step has its own seed: a run that resumes here drops what it would have dropped.
    long rank = group.rank().rank();
    manual_seed(
        rank == 0
            ? RandomSeeds.derive(options.seed(), DROPOUT, step)
            : RandomSeeds.derive(options.seed(), DROPOUT, step, rank));
    optimizer.zeroGradients();
    Part part = batch.size() == 0 ? new Part(Double.NaN, 0, 0, 0) : gradients(batch);
    Step whole = together(part);
    if (!Double.isFinite(whole.loss())) {
      throw new NonFiniteLossException(
          epoch,
          step,
          batch.number(),
          whole.loss(),
          batch.size() == 0 || (Double.isFinite(part.loss()) && group.size() > 1)
              ? "those of another process"
              : windows.where(batch.indices()[0]));
    }
    Scopes.freeing(
        () -> {
          group.averageGradients(trained, part.weight());
          if (options.gradientClip() > 0) {
            optimizer.clipGradients(options.gradientClip());
          }
          optimizer.step(learningRate);
        });
    return whole;
  }

  private Part gradients(WindowBatch batch) {
    int classes = learner.classes();
    return Scopes.freeing(
        () -> {
          Tensor logits =
              options
                  .precision()
                  .tensor(options.device(), () -> learner.logits(batch.windows(), batch.size()));
          Tensor targets =
              options.device().place(Tensor.create(batch.targets(), batch.size(), classes));
          Tensor loss = criterion.of(logits, targets);
          double value = loss.item_double();
          if (Double.isFinite(value)) {
            loss.backward();
          }
          return new Part(
              value,
              criterion.weight(batch.targets()),
              hits(Tensors.floats(logits), batch.targets()),
              batch.size());
        });
  }

  private Step together(Part part) {
    if (group.size() == 1) {
      return new Step(part.loss(), part.hits(), part.size());
    }
    double weighed = part.size() == 0 ? 0 : part.loss() * part.weight();
    double[] sums = group.sum(weighed, part.weight(), part.hits(), part.size());
    return new Step(sums[0] / sums[1], (int) sums[2], (int) sums[3]);
  }

  /** Windows for which every task is right: its most probable class, or all of its labels. */
  private int hits(float[] logits, float[] targets) {
    int all = learner.classes();
    int hits = 0;
    for (int window = 0; window < logits.length; window += all) {
      boolean hit = true;
      for (OutputTask task : tasks) {
        int from = window + task.from();
        hit &=
            task.task() == Task.MULTILABEL
                ? allRight(logits, targets, from, task.outputs())
                : largest(logits, from, task.outputs()) == largest(targets, from, task.outputs());
      }
      hits += hit ? 1 : 0;
    }
    return hits;
  }

  private static boolean allRight(float[] logits, float[] targets, int from, int classes) {
    for (int i = from; i < from + classes; i++) {
      if ((logits[i] >= 0) != (targets[i] >= 0.5f)) {
        return false;
      }
    }
    return true;
  }

  private static int largest(float[] values, int from, int classes) {
    int best = 0;
    for (int label = 1; label < classes; label++) {
      if (values[from + label] > values[from + best]) {
        best = label;
      }
    }
    return best;
  }
}
