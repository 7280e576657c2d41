package io.physiowave.training.finetune;

import io.physiowave.training.dataset.BatchSource;
import io.physiowave.training.dataset.WindowLabels;
import io.physiowave.training.distributed.ProcessGroup;
import io.physiowave.training.measure.Evaluator;
import io.physiowave.training.model.Scopes;
import io.physiowave.training.model.Tensors;
import io.physiowave.training.run.TrainingDevice;
import io.physiowave.training.run.TrainingProgress;
import java.io.IOException;
import org.bytedeco.pytorch.Tensor;

/** Asks the model under training about windows it is not trained on. */
final class Validator {
  private final Learner learner;
  private final TotalLoss criterion;
  private final TrainingDevice device;
  private final int batchSize;
  private final boolean showProgress;

  Validator(Learner learner, TotalLoss criterion, FinetuneOptions options) {
    this.learner = learner;
    this.criterion = criterion;
    device = options.device();
    batchSize = options.batchSize();
    showProgress = options.showProgress();
  }

  /**
   * Answers of the model's present weights, row-major {@code [N][K]}.
   *
   * @param name what the user sees
   * @param group those who share the windows
   */
  float[] logits(BatchSource windows, String name, ProcessGroup group) throws IOException {
    learner.model().train(false);
    try (TrainingProgress bar =
        TrainingProgress.start(
            showProgress && group.isFirst(), name, windows.size() / group.size(), 0)) {
      return Evaluator.logits(this::logits, learner.classes(), windows, batchSize, bar, group);
    }
  }

  private float[] logits(float[] windows, int size) {
    return Scopes.freeing(
        () -> Scopes.withoutGradient(() -> Tensors.floats(learner.logits(windows, size))));
  }

  /** The loss of answers against the truth. */
  double loss(float[] answers, WindowLabels truth) {
    int classes = learner.classes();
    int windows = answers.length / classes;
    float[] targets = new float[answers.length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = truth.holds(i / classes, i % classes) ? 1 : 0;
    }
    return Scopes.freeing(
        () ->
            Scopes.withoutGradient(
                () -> {
                  Tensor logits = Tensor.create(answers, windows, classes);
                  Tensor right = Tensor.create(targets, windows, classes);
                  return criterion.of(device.place(logits), device.place(right)).item_double();
                }));
  }
}
