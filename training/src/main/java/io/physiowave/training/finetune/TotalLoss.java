package io.physiowave.training.finetune;

import static org.bytedeco.pytorch.global.torch.add;
import static org.bytedeco.pytorch.global.torch.mul;

import io.physiowave.training.measure.OutputTask;
import io.physiowave.training.run.TrainingDevice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The loss of the only task, or the weighted sum of the losses of several. */
final class TotalLoss {
  private record Part(OutputTask task, double weight, TrainingLoss loss) {}

  private final List<Part> parts = new ArrayList<>();
  private final int outputs;

  /**
   * Counts the classes once.
   *
   * @param weights of the tasks' losses, in order
   * @param counts training windows of each output's label
   */
  TotalLoss(
      List<OutputTask> tasks,
      List<Double> weights,
      Objective objective,
      long[] counts,
      TrainingDevice device) {
    for (OutputTask task : tasks) {
      long[] own = Arrays.copyOfRange(counts, task.from(), task.from() + task.outputs());
      parts.add(
          new Part(
              task,
              weights.get(parts.size()),
              new TrainingLoss(task.task(), objective, own, device)));
    }
    outputs = counts.length;
  }

  /**
   * The loss.
   *
   * @param logits {@code [B, outputs]}
   * @param targets {@code [B, outputs]}
   * @return a scalar with gradient
   */
  Tensor of(Tensor logits, Tensor targets) {
    if (parts.size() == 1) {
      return parts.get(0).loss().of(logits, targets);
    }
    Tensor total = null;
    for (Part part : parts) {
      OutputTask task = part.task();
      Tensor own =
          part.loss()
              .of(
                  logits.narrow(1, task.from(), task.outputs()),
                  targets.narrow(1, task.from(), task.outputs()));
      Tensor weighted = mul(own, new Scalar(part.weight()));
      total = total == null ? weighted : add(total, weighted);
    }
    return total;
  }

  /**
   * How much a batch's loss counts beside those of other batches, as {@link TrainingLoss#weight}.
   * Of several tasks it is the number of windows, which holds as long as classes weigh alike.
   *
   * @param targets row-major {@code [B][outputs]}
   */
  double weight(float[] targets) {
    return parts.size() == 1
        ? parts.get(0).loss().weight(targets)
        : (double) targets.length / outputs;
  }
}
