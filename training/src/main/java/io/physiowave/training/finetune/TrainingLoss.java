package io.physiowave.training.finetune;

import static org.bytedeco.pytorch.global.torch.add;
import static org.bytedeco.pytorch.global.torch.div;
import static org.bytedeco.pytorch.global.torch.log_sigmoid;
import static org.bytedeco.pytorch.global.torch.log_softmax;
import static org.bytedeco.pytorch.global.torch.mul;
import static org.bytedeco.pytorch.global.torch.sub;

import io.physiowave.training.model.Task;
import io.physiowave.training.run.TrainingDevice;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The loss of a batch: cross entropy against the targets, or for multilabel the mean binary cross
 * entropy of the labels, modified as the {@link Objective} says.
 *
 * <p>With class weights the mean over windows is weighed, as PyTorch's {@code cross_entropy} does.
 */
public final class TrainingLoss {
  private final Task task;
  private final Objective objective;
  private final TrainingDevice device;
  private final float[] weights;
  private final float[] logShares;

  /**
   * Counts the classes once.
   *
   * @param counts training windows of each class
   */
  public TrainingLoss(Task task, Objective objective, long[] counts, TrainingDevice device) {
    this.task = task;
    this.objective = objective;
    this.device = device;
    weights = objective.weighting().weights(counts);
    logShares = new float[counts.length];
    double windows = 0;
    for (long count : counts) {
      windows += (double) count;
    }
    for (int label = 0; label < counts.length; label++) {
      // Half a window stands in for a class that does not occur.
      logShares[label] =
          (float)
              (objective.logitAdjustment()
                  * Math.log(Math.max((double) counts[label], 0.5) / windows));
    }
  }

  /**
   * The loss.
   *
   * @param logits {@code [B, K]}
   * @param targets {@code [B, K]}, as in {@link io.physiowave.training.dataset.WindowBatch}
   * @return a scalar with gradient
   */
  public Tensor of(Tensor logits, Tensor targets) {
    return task == Task.MULTILABEL ? binary(logits, targets) : categorical(logits, targets);
  }

  /**
   * How much a batch's loss counts beside those of other batches, so that their weighted mean is
   * the loss of all of them together: its windows, or with class weights the sum of these.
   *
   * @param targets row-major {@code [B][K]}
   */
  public double weight(float[] targets) {
    int classes = weights.length;
    if (task == Task.MULTILABEL || objective.weighting() == ClassWeighting.NONE) {
      return (double) targets.length / classes;
    }
    double even = objective.labelSmoothing() / classes;
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      sum += weights[i % classes] * ((1 - objective.labelSmoothing()) * targets[i] + even);
    }
    return sum;
  }

  private Tensor categorical(Tensor logits, Tensor targets) {
    int classes = weights.length;
    Tensor smooth = smoothed(targets, classes);
    Tensor adjusted = objective.logitAdjustment() == 0 ? logits : add(logits, row(logShares));
    Tensor logs = log_softmax(adjusted, 1);
    Tensor weighed =
        objective.weighting() == ClassWeighting.NONE ? smooth : mul(smooth, row(weights));
    return div(mul(weighed, focused(logs)).sum().neg(), weighed.sum());
  }

  private Tensor binary(Tensor logits, Tensor targets) {
    Tensor smooth = smoothed(targets, 2);
    Tensor present = mul(smooth, focused(log_sigmoid(logits)));
    Tensor absent = mul(complement(smooth), focused(log_sigmoid(logits.neg())));
    Tensor loss = add(present, absent).neg();
    return objective.weighting() == ClassWeighting.NONE
        ? loss.mean()
        : mul(loss, row(weights)).mean();
  }

  private Tensor smoothed(Tensor targets, int outcomes) {
    double share = objective.labelSmoothing();
    return share == 0
        ? targets
        : add(mul(targets, new Scalar(1 - share)), new Scalar(share / outcomes));
  }

  /** Log probabilities, scaled down where the model is sure already. */
  private Tensor focused(Tensor logs) {
    if (objective.focalGamma() == 0) {
      return logs;
    }
    return mul(complement(logs.exp()).pow(new Scalar(objective.focalGamma())), logs);
  }

  private static Tensor complement(Tensor shares) {
    return sub(shares.neg(), new Scalar(-1.0));
  }

  private Tensor row(float[] values) {
    return device.place(Tensor.create(values, 1, values.length));
  }
}
