package io.physiowave.training.finetune;

import static org.bytedeco.pytorch.global.torch.manual_seed;

import io.physiowave.training.dataset.RandomSeeds;
import io.physiowave.training.dataset.WindowBatch;
import io.physiowave.training.dataset.WindowSet;
import io.physiowave.training.model.PhysioWaveModel;
import io.physiowave.training.model.Scopes;
import io.physiowave.training.model.Tensors;
import io.physiowave.training.run.AdamWOptimizer;
import io.physiowave.training.run.NonFiniteLossException;
import io.physiowave.training.run.TrainingDevice;
import java.io.IOException;
import org.bytedeco.pytorch.Tensor;

/** Trains a model on one batch after the other. */
final class EpochTrainer {
  private static final long DROPOUT = 0xD0;

  private final PhysioWaveModel model;
  private final AdamWOptimizer optimizer;
  private final TrainingLoss criterion;
  private final double gradientClip;
  private final TrainingDevice device;
  private final long seed;

  EpochTrainer(
      PhysioWaveModel model,
      AdamWOptimizer optimizer,
      TrainingLoss criterion,
      double gradientClip,
      TrainingDevice device,
      long seed) {
    this.model = model;
    this.optimizer = optimizer;
    this.criterion = criterion;
    this.gradientClip = gradientClip;
    this.device = device;
    this.seed = seed;
  }

  /**
   * What a step gave.
   *
   * @param loss mean over the batch
   * @param hits windows labelled rightly
   */
  record Step(double loss, int hits) {}

  /**
   * One step.
   *
   * @param step number within the whole training; dropout follows from it
   * @throws NonFiniteLossException before the parameters change
   */
  Step step(WindowBatch batch, int epoch, long step, double learningRate, WindowSet windows)
      throws IOException {
    // Each step has its own seed: a run that resumes here drops what it would have dropped.
    manual_seed(RandomSeeds.derive(seed, DROPOUT, step));
    int classes = batch.targets().length / batch.size();
    Outcome outcome =
        Scopes.freeing(
            () -> {
              Tensor logits = model.logits(placed(batch.windows(), batch.size()));
              Tensor targets = onDevice(Tensor.create(batch.targets(), batch.size(), classes));
              Tensor loss = criterion.of(logits, targets);
              double value = loss.item_double();
              if (!Double.isFinite(value)) {
                return new Outcome(value, new float[0]);
              }
              optimizer.zeroGradients();
              loss.backward();
              if (gradientClip > 0) {
                optimizer.clipGradients(gradientClip);
              }
              optimizer.step(learningRate);
              return new Outcome(value, Tensors.floats(logits));
            });
    if (!Double.isFinite(outcome.loss())) {
      throw new NonFiniteLossException(
          epoch, step, batch.number(), outcome.loss(), windows.where(batch.indices()[0]));
    }
    return new Step(outcome.loss(), hits(outcome.logits(), batch.targets(), classes));
  }

  /** Loss and logits of a step as plain values. */
  private record Outcome(double loss, float[] logits) {}

  private Tensor placed(float[] windows, int size) {
    int rows = model.config().inputRows();
    return onDevice(Tensor.create(windows, size, rows, windows.length / ((long) size * rows)));
  }

  private Tensor onDevice(Tensor tensor) {
    return device.isCuda() ? tensor.to(device.torch(), tensor.scalar_type()) : tensor;
  }

  private static int hits(float[] logits, float[] targets, int classes) {
    int hits = 0;
    for (int from = 0; from < logits.length; from += classes) {
      if (largest(logits, from, classes) == largest(targets, from, classes)) {
        hits++;
      }
    }
    return hits;
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
