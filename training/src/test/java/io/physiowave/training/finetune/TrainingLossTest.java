package io.physiowave.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.binary_cross_entropy_with_logits;
import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;

import io.physiowave.training.model.Scopes;
import io.physiowave.training.model.Task;
import io.physiowave.training.run.TrainingDevice;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.junit.jupiter.api.Test;

class TrainingLossTest {
  private static final long[] COUNTS = {90, 9, 1};
  private static final float[] LOGITS = {1.5f, -0.5f, 0.2f, 0.1f, 2f, -1f};
  private static final float[] TARGETS = {1, 0, 0, 0, 0, 1};

  private static double ours(Task task, Objective objective) {
    TrainingLoss loss = new TrainingLoss(task, objective, COUNTS, new TrainingDevice("cpu"));
    return Scopes.freeing(
        () -> loss.of(Tensor.create(LOGITS, 2, 3), Tensor.create(TARGETS, 2, 3)).item_double());
  }

  /** libtorch's own, with the classes 0 and 2. */
  private static double theirs(double smoothing, float[] weights) {
    return Scopes.freeing(
        () -> {
          TensorOptional weight =
              weights == null
                  ? new TensorOptional()
                  : new TensorOptional(Tensor.create(weights, weights.length));
          return cross_entropy_loss(
                  Tensor.create(LOGITS, 2, 3),
                  Tensor.create(new long[] {0, 2}, 2),
                  weight,
                  1,
                  -100,
                  smoothing)
              .item_double();
        });
  }

  @Test
  void withoutModificationItIsTheCrossEntropy() {
    assertThat(ours(Task.CLASSIFICATION, new Objective(0, ClassWeighting.NONE, 0, 0)))
        .isCloseTo(theirs(0, null), within(1e-6));
  }

  @Test
  void smoothingSpreadsTheTarget() {
    assertThat(ours(Task.CLASSIFICATION, new Objective(0.1, ClassWeighting.NONE, 0, 0)))
        .isCloseTo(theirs(0.1, null), within(1e-6));
  }

  @Test
  void weightsAreThoseOfLibtorch() {
    float[] weights = ClassWeighting.BALANCED.weights(COUNTS);
    assertThat(ours(Task.CLASSIFICATION, new Objective(0, ClassWeighting.BALANCED, 0, 0)))
        .isCloseTo(theirs(0, weights), within(1e-5));
  }

  @Test
  void theFocalLossCountsSureWindowsLess() {
    double plain = ours(Task.CLASSIFICATION, new Objective(0, ClassWeighting.NONE, 0, 0));
    assertThat(ours(Task.CLASSIFICATION, new Objective(0, ClassWeighting.NONE, 2, 0)))
        .isPositive()
        .isLessThan(plain);
  }

  @Test
  void logitAdjustmentAsksMoreOfRareClasses() {
    assertThat(ours(Task.CLASSIFICATION, new Objective(0, ClassWeighting.NONE, 0, 1)))
        .isGreaterThan(ours(Task.CLASSIFICATION, new Objective(0, ClassWeighting.NONE, 0, 0)));
  }

  @Test
  void severalLabelsUseTheBinaryCrossEntropy() {
    double theirs =
        Scopes.freeing(
            () ->
                binary_cross_entropy_with_logits(
                        Tensor.create(LOGITS, 2, 3), Tensor.create(TARGETS, 2, 3))
                    .item_double());
    assertThat(ours(Task.MULTILABEL, new Objective(0, ClassWeighting.NONE, 0, 0)))
        .isCloseTo(theirs, within(1e-6));
  }

  @Test
  void weightsHaveAMeanOfOneOverTheWindows() {
    for (ClassWeighting weighting : ClassWeighting.values()) {
      float[] weights = weighting.weights(COUNTS);
      double sum = 90 * weights[0] + 9 * weights[1] + weights[2];
      assertThat(sum).isCloseTo(100, within(1e-3));
      assertThat(weighting.weights(new long[] {5, 0})[1]).isZero();
    }
  }
}
