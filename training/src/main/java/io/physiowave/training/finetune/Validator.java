package io.physiowave.training.finetune;

import io.physiowave.training.dataset.BatchSource;
import io.physiowave.training.dataset.WindowLabels;
import io.physiowave.training.distributed.ProcessGroup;
import io.physiowave.training.measure.Answers;
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
  private final TrainingLoss criterion;
  private final TrainingDevice device;
  private final int batchSize;
  private final boolean showProgress;

  Validator(Learner learner, TrainingLoss criterion, FinetuneOptions options) {
    this.learner = learner;
    this.criterion = criterion;
    device = options.device();
    batchSize = options.batchSize();
    showProgress = options.showProgress();
  }

  /**
   * Answers of the model's present weights.
   *
   * @param name what the user sees
   * @param group those who share the windows
   */
  Answers answers(BatchSource windows, String name, ProcessGroup group) throws IOException {
    learner.model().train(false);
    try (TrainingProgress bar =
        TrainingProgress.start(
            showProgress && group.isFirst(), name, windows.size() / group.size(), 0)) {
      return Evaluator.answers(
          this::logits, learner.task(), learner.classes(), windows, batchSize, bar, group);
    }
  }

  private float[] logits(float[] windows, int size) {
    return Scopes.freeing(
        () -> Scopes.withoutGradient(() -> Tensors.floats(learner.logits(windows, size))));
  }

  /** The loss of answers against the truth. */
  double loss(Answers answers, WindowLabels truth) {
    int classes = answers.classes();
    float[] targets = new float[answers.logits().length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = truth.holds(i / classes, i % classes) ? 1 : 0;
    }
    return Scopes.freeing(
        () ->
            Scopes.withoutGradient(
                () -> {
                  Tensor logits = Tensor.create(answers.logits(), answers.size(), classes);
                  Tensor right = Tensor.create(targets, answers.size(), classes);
                  return criterion.of(device.place(logits), device.place(right)).item_double();
                }));
  }
}
