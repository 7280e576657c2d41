package io.physiowave.training.export;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.Evaluation;
import io.physiowave.training.dataset.WindowLabels;
import io.physiowave.training.dataset.WindowSet;
import io.physiowave.training.measure.Answers;
import io.physiowave.training.measure.Figures;
import io.physiowave.training.model.Task;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a lower precision costs: both graphs answer every window of a labelled file. */
public final class PrecisionComparison implements ModelExport.Comparison {
  private static final int BATCH = 64;

  private final Path file;
  private final Task task;
  private final int classes;
  private final Decision decision;
  private final Precision precision;

  /**
   * Chooses the file.
   *
   * @param file HDF5 with labels
   * @param decision how answers become labels
   */
  public PrecisionComparison(
      Path file, Task task, int classes, Decision decision, Precision precision) {
    this.file = file;
    this.task = task;
    this.classes = classes;
    this.decision = decision;
    this.precision = precision;
  }

  @Override
  public List<Evaluation> compare(OnnxModel exact, OnnxModel reduced) throws IOException {
    try (WindowSet set = WindowSet.open(List.of(file))) {
      WindowLabels truth = set.labels(classes);
      float[] exactLogits = new float[set.size() * classes];
      float[] reducedLogits = new float[exactLogits.length];
      for (int first = 0; first < set.size(); first += BATCH) {
        int count = Math.min(BATCH, set.size() - first);
        float[] windows =
            CheckWindows.read(set, first, count, exact.inputRows(), exact.windowSamples());
        copy(exact.run(FloatBuffer.wrap(windows), count).logits(), exactLogits, first);
        copy(reduced.run(FloatBuffer.wrap(windows), count).logits(), reducedLogits, first);
      }
      Answers exactAnswers = new Answers(task, classes, exactLogits);
      Answers reducedAnswers = new Answers(task, classes, reducedLogits);
      Map<String, Double> values = new LinkedHashMap<>();
      add(values, figures(exactAnswers, truth), Precision.FP32);
      add(values, figures(reducedAnswers, truth), precision);
      values.put("same_labels", agreement(exactAnswers, reducedAnswers));
      values.values().removeIf(value -> !Double.isFinite(value));
      return List.of(
          new Evaluation(
              "what " + precision + " costs against fp32",
              file.getFileName() + ", " + set.size() + " windows",
              values,
              List.of()));
    }
  }

  private void copy(float[] from, float[] into, int firstWindow) {
    System.arraycopy(from, 0, into, firstWindow * classes, from.length);
  }

  private static void add(Map<String, Double> values, Map<String, Double> figures, Precision of) {
    figures.forEach((name, value) -> values.put(name + "_" + of, value));
  }

  private Map<String, Double> figures(Answers answers, WindowLabels truth) {
    return Figures.of(answers, truth, decision).values();
  }

  private Answers decided(Answers answers) {
    return decision.logitBias().isEmpty()
        ? answers
        : answers.withBias(
            decision.logitBias().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Share of labels that are the same; of windows, or of all labels of all windows. */
  private double agreement(Answers exact, Answers reduced) {
    float[] left = decided(exact).logits();
    float[] right = decided(reduced).logits();
    int same = 0;
    if (task == Task.MULTILABEL) {
      for (int i = 0; i < left.length; i++) {
        double border = border(i % classes);
        same += left[i] > border == right[i] > border ? 1 : 0;
      }
      return (double) same / left.length;
    }
    for (int window = 0; window < exact.size(); window++) {
      same += largest(left, window) == largest(right, window) ? 1 : 0;
    }
    return (double) same / exact.size();
  }

  /** The logit from which a label is given. */
  private double border(int label) {
    double threshold = decision.thresholds().isEmpty() ? 0.5 : decision.thresholds().get(label);
    return Math.log(threshold / (1 - threshold));
  }

  private int largest(float[] logits, int window) {
    int best = 0;
    for (int label = 1; label < classes; label++) {
      if (logits[window * classes + label] > logits[window * classes + best]) {
        best = label;
      }
    }
    return best;
  }
}
