package io.physiowave.training.command;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.Evaluation;
import io.physiowave.training.dataset.BatchSource;
import io.physiowave.training.dataset.WindowLabelling;
import io.physiowave.training.distributed.ProcessGroup;
import io.physiowave.training.evaluate.OnnxWindowModel;
import io.physiowave.training.evaluate.TrainedModel;
import io.physiowave.training.export.ModelExport;
import io.physiowave.training.export.OnnxExporter;
import io.physiowave.training.export.OnnxModel;
import io.physiowave.training.export.Precision;
import io.physiowave.training.measure.Answers;
import io.physiowave.training.measure.Evaluator;
import io.physiowave.training.measure.OutputTask;
import io.physiowave.training.measure.TaskFigures;
import io.physiowave.training.model.Task;
import io.physiowave.training.run.TrainingProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a lower precision costs: both graphs answer every window of labelled files. */
final class PrecisionComparison implements ModelExport.Comparison {
  private static final int BATCH = 64;

  private final SignalFiles files;
  private final String option;
  private final List<OutputTask> tasks;
  private final List<Decision> decisions;
  private final Precision precision;

  /**
   * Chooses the files.
   *
   * @param files labelled, of each signal that the graphs read
   * @param option that gives them, for messages
   * @param tasks in the order of the outputs
   * @param decisions how answers become labels, one a task
   */
  PrecisionComparison(
      SignalFiles files,
      String option,
      List<OutputTask> tasks,
      List<Decision> decisions,
      Precision precision) {
    this.files = files;
    this.option = option;
    this.tasks = tasks;
    this.decisions = decisions;
    this.precision = precision;
  }

  @Override
  public List<Evaluation> compare(OnnxModel exact, OnnxModel reduced) throws IOException {
    int outputs = tasks.stream().mapToInt(OutputTask::outputs).sum();
    try (SignalWindows opened =
        SignalWindows.open(files, option, TrainedModel.inputs(exact), outputs, labelling())) {
      BatchSource windows = opened.source();
      float[] exactLogits = logits(exact, windows, outputs);
      float[] reducedLogits = logits(reduced, windows, outputs);
      TaskFigures exactFigures = TaskFigures.of(tasks, decisions, exactLogits, windows.labels());
      TaskFigures reducedFigures =
          TaskFigures.of(tasks, decisions, reducedLogits, windows.labels());
      List<Evaluation> evaluations = new ArrayList<>();
      for (int i = 0; i < tasks.size(); i++) {
        OutputTask task = tasks.get(i);
        Map<String, Double> values = new LinkedHashMap<>();
        add(values, exactFigures.figures().get(i).values(), Precision.FP32);
        add(values, reducedFigures.figures().get(i).values(), precision);
        values.put(
            "same_labels",
            agreement(
                task.answers(exactLogits, outputs),
                task.answers(reducedLogits, outputs),
                decisions.get(i)));
        values.values().removeIf(value -> !Double.isFinite(value));
        evaluations.add(
            new Evaluation(
                task.of("what " + precision + " costs against fp32"),
                names() + ", " + windows.size() + " windows",
                values,
                List.of()));
      }
      return evaluations;
    }
  }

  private WindowLabelling labelling() {
    OutputTask first = tasks.get(0);
    if (!first.isOnly()) {
      return MultiTaskSetup.labelling(tasks);
    }
    return WindowLabelling.forTask(first.task(), first.outputs());
  }

  private float[] logits(OnnxModel model, BatchSource windows, int outputs) throws IOException {
    List<String> logits =
        tasks.stream()
            .map(task -> task.isOnly() ? "logits" : task.name() + OnnxExporter.LOGITS)
            .toList();
    try (TrainingProgress none = TrainingProgress.start(false, "", 0, 0)) {
      return Evaluator.logits(
          new OnnxWindowModel(model, logits), outputs, windows, BATCH, none, ProcessGroup.alone());
    }
  }

  private String names() {
    return files.all().stream()
        .map(Path::getFileName)
        .map(Path::toString)
        .collect(Collectors.joining(", "));
  }

  private static void add(Map<String, Double> values, Map<String, Double> figures, Precision of) {
    figures.forEach((name, value) -> values.put(name + "_" + of, value));
  }

  /** Share of labels that are the same; of windows, or of all labels of all windows. */
  private static double agreement(Answers exact, Answers reduced, Decision decision) {
    float[] left = decided(exact, decision).logits();
    float[] right = decided(reduced, decision).logits();
    int classes = exact.classes();
    int same = 0;
    if (exact.task() == Task.MULTILABEL) {
      for (int i = 0; i < left.length; i++) {
        double border = border(decision, i % classes);
        same += left[i] > border == right[i] > border ? 1 : 0;
      }
      return (double) same / left.length;
    }
    for (int window = 0; window < exact.size(); window++) {
      int from = window * classes;
      same += largest(left, from, classes) == largest(right, from, classes) ? 1 : 0;
    }
    return (double) same / exact.size();
  }

  private static Answers decided(Answers answers, Decision decision) {
    return decision.logitBias().isEmpty()
        ? answers
        : answers.withBias(
            decision.logitBias().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The logit from which a label is given. */
  private static double border(Decision decision, int label) {
    double threshold = decision.thresholds().isEmpty() ? 0.5 : decision.thresholds().get(label);
    return Math.log(threshold / (1 - threshold));
  }

  private static int largest(float[] logits, int from, int classes) {
    int best = 0;
    for (int label = 1; label < classes; label++) {
      if (logits[from + label] > logits[from + best]) {
        best = label;
      }
    }
    return best;
  }
}
