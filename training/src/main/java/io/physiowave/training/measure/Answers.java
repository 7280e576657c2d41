package io.physiowave.training.measure;

import io.physiowave.training.model.Task;

/**
 * A model's raw answers to N windows.
 *
 * @param task classification (one class a window) or multilabel
 * @param classes outputs K
 * @param logits row-major {@code [N][K]}
 */
public record Answers(Task task, int classes, float[] logits) {

  /** Number of windows. */
  public int size() {
    return logits.length / classes;
  }

  /** Row-major {@code [N][K]}: softmax of the logits, or the sigmoid of each for multilabel. */
  public float[] probabilities() {
    float[] probabilities = new float[logits.length];
    for (int window = 0; window < size(); window++) {
      if (task == Task.MULTILABEL) {
        for (int i = window * classes; i < (window + 1) * classes; i++) {
          probabilities[i] = (float) (1 / (1 + Math.exp(-logits[i])));
        }
      } else {
        softmax(window * classes, probabilities);
      }
    }
    return probabilities;
  }

  private void softmax(int from, float[] probabilities) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + classes; i++) {
      largest = Math.max(largest, logits[i]);
    }
    double sum = 0;
    for (int i = from; i < from + classes; i++) {
      sum += Math.exp(logits[i] - largest);
    }
    for (int i = from; i < from + classes; i++) {
      probabilities[i] = (float) (Math.exp(logits[i] - largest) / sum);
    }
  }

  /**
   * The same answers with a bias on each logit, as a card's decision adds it.
   *
   * @param bias K values
   */
  public Answers withBias(double[] bias) {
    float[] moved = logits.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) bias[i % classes];
    }
    return new Answers(task, classes, moved);
  }
}
