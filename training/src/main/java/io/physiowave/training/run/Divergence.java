package io.physiowave.training.run;

import io.physiowave.training.model.ModelWeights;
import java.io.IOException;
import java.util.function.IntFunction;

/**
 * Training that has left the numbers without its loss having told: what the last step before a
 * state or a validation did is seen in weights and answers alone.
 */
public final class Divergence {
  private static final String ADVICE =
      ", so training diverged. Lower --lr or set --grad_clip, and begin anew";

  private Divergence() {}

  /**
   * Refuses weights from which no run could go on.
   *
   * @throws IOException naming the first value that is not finite
   */
  public static void requireFinite(ModelWeights weights) throws IOException {
    for (String name : weights.names()) {
      float[] values = weights.get(name).values();
      for (int i = 0; i < values.length; i++) {
        if (!Float.isFinite(values[i])) {
          throw new IOException(
              name
                  + "["
                  + i
                  + "] is "
                  + values[i]
                  + " after the last step; expected finite weights"
                  + ADVICE
                  + "; what was saved before is kept");
        }
      }
    }
  }

  /**
   * Refuses answers whose figures would look like figures.
   *
   * @param answers row-major {@code [N][outputs]}
   * @param where a window stands, by its number
   * @throws IOException naming the first window whose answer is not finite
   */
  public static void requireFinite(float[] answers, int outputs, IntFunction<String> where)
      throws IOException {
    for (int i = 0; i < answers.length; i++) {
      if (!Float.isFinite(answers[i])) {
        throw new IOException(
            "the answer to "
                + where.apply(i / outputs)
                + " is "
                + answers[i]
                + "; expected finite logits"
                + ADVICE);
      }
    }
  }

  /**
   * Refuses a loss on validation that is not finite.
   *
   * @param epoch counted from 0
   */
  public static void requireFinite(double loss, int epoch) throws IOException {
    if (!Double.isFinite(loss)) {
      throw new IOException(
          "epoch "
              + (epoch + 1)
              + ": the loss on validation is "
              + loss
              + "; expected a finite number"
              + ADVICE);
    }
  }
}
