package io.physiowave.training.finetune;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.Evaluation;
import io.physiowave.training.checkpoint.PretrainingRun;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.dataset.FileHash;
import io.physiowave.training.dataset.WindowLabels;
import io.physiowave.training.measure.Answers;
import io.physiowave.training.measure.ConfusionPicture;
import io.physiowave.training.measure.Evaluations;
import io.physiowave.training.measure.FigureText;
import io.physiowave.training.measure.Figures;
import io.physiowave.training.measure.OutputTask;
import io.physiowave.training.measure.TaskFigures;
import io.physiowave.training.model.Task;
import io.physiowave.training.report.HtmlReport;
import io.physiowave.training.run.AtomicFile;
import io.physiowave.training.run.TrainingHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Measures the best weights and writes down where they come from. */
public final class FinetuneReport {
  private final FinetuneOptions options;
  private final List<OutputTask> tasks;
  private final Optional<DatasetDescription> dataset;
  private final FinetuneData data;
  private final List<Path> files;
  private final List<PretrainingRun> pretraining;
  private final Consumer<String> log;

  /**
   * Takes what the run knows.
   *
   * @param tasks what the outputs stand for
   * @param dataset description beside the training files, if there is one
   * @param files that were read
   * @param pretraining of the encoders
   * @param log takes one line at a time for the user
   */
  public FinetuneReport(
      FinetuneOptions options,
      List<OutputTask> tasks,
      Optional<DatasetDescription> dataset,
      FinetuneData data,
      List<Path> files,
      List<PretrainingRun> pretraining,
      Consumer<String> log) {
    this.options = options;
    this.tasks = List.copyOf(tasks);
    this.dataset = dataset;
    this.data = data;
    this.files = files;
    this.pretraining = List.copyOf(pretraining);
    this.log = log;
  }

  /**
   * Tunes the decision on validation, measures it, and writes {@value TrainingRun#FILE_NAME},
   * confusion matrices and reports.
   *
   * @param history of the epochs, for the page
   * @param trainedValues number of values that were trained
   * @param codeVersion version of this software
   */
  public TrainingRun write(
      FineTuner.Best best, TrainingHistory history, long trainedValues, String codeVersion)
      throws IOException {
    List<Decision> decisions = decisions(best.validation());
    HtmlReport page =
        new HtmlReport(
                "Fine-tuning: " + options.outputDirectory().getFileName(),
                "Finished; the figures are those of epoch "
                    + (best.epoch() + 1)
                    + ", the best by "
                    + options.selectBy()
                    + ".")
            .withCurves(history);
    List<Evaluation> evaluations = new ArrayList<>();
    WindowLabels validation = data.validation().labels();
    measure("validation", best.validation(), validation, decisions, page, evaluations);
    if (best.test().isPresent() && data.test().isPresent()) {
      WindowLabels test = data.test().get().labels();
      measure("test", best.test().get(), test, decisions, page, evaluations);
    }
    page.withEpochs(history).withOptions(options.configuration()).write(options.outputDirectory());
    TrainingRun run =
        new TrainingRun(
            options.configuration(),
            dataset.orElse(null),
            hashes(),
            pretraining,
            several() ? List.of() : tasks.get(0).labels(),
            several() ? runs(decisions) : List.of(),
            options.seed(),
            best.epoch(),
            options.selectBy().toString(),
            trainedValues,
            evaluations,
            several() ? Decision.ARG_MAX : decisions.get(0),
            codeVersion,
            options.device().describe(),
            LocalDate.now(ZoneOffset.UTC).toString());
    AtomicFile.write(
        options.outputDirectory().resolve(TrainingRun.FILE_NAME), TrainingRunJson.write(run));
    return run;
  }

  private boolean several() {
    return tasks.size() > 1;
  }

  private List<TaskRun> runs(List<Decision> decisions) {
    List<TaskRun> runs = new ArrayList<>();
    for (OutputTask task : tasks) {
      runs.add(
          new TaskRun(
              task.name(), task.task().publishedName(), task.labels(), decisions.get(runs.size())));
    }
    return runs;
  }

  /** One decision a task, tuned on validation. */
  private List<Decision> decisions(float[] logits) {
    List<Decision> decisions = new ArrayList<>();
    for (OutputTask task : tasks) {
      Answers validation = task.answers(logits, logits.length / data.validation().size());
      double[] bias = bias(validation);
      boolean biased = Arrays.stream(bias).anyMatch(value -> value != 0);
      decisions.add(
          new Decision(
              biased ? Arrays.stream(bias).boxed().toList() : List.of(),
              options.minimumProbability(),
              options.votes(),
              thresholds(task, validation.withBias(bias))));
    }
    return decisions;
  }

  private double[] bias(Answers validation) {
    if (!options.logitBias().isEmpty()) {
      return options.logitBias().stream().mapToDouble(Double::doubleValue).toArray();
    }
    if (options.calibration() == CalibrationGoal.NONE) {
      return new double[validation.classes()];
    }
    double[] bias =
        new DecisionCalibration(
                options.calibration(), validation, data.validation().labels().values())
            .bias();
    log.accept("bias of the logits, tuned on validation: " + Arrays.toString(bias));
    return bias;
  }

  private List<Double> thresholds(OutputTask task, Answers validation) {
    if (task.task() != Task.MULTILABEL) {
      return List.of();
    }
    if (options.thresholds().size() == 1) {
      return Collections.nCopies(validation.classes(), options.thresholds().get(0));
    }
    if (!options.thresholds().isEmpty()) {
      return options.thresholds();
    }
    WindowLabels truth = task.truth(data.validation().labels());
    List<Double> tuned = new ThresholdTuning(validation, truth).thresholds();
    log.accept("thresholds of " + task.labels() + ", tuned on validation: " + tuned);
    return tuned;
  }

  private void measure(
      String part,
      float[] logits,
      WindowLabels truth,
      List<Decision> decisions,
      HtmlReport page,
      List<Evaluation> evaluations)
      throws IOException {
    TaskFigures all = TaskFigures.of(tasks, decisions, logits, truth);
    StringBuilder texts = new StringBuilder();
    String source = dataset.map(data -> data.source().id()).orElse("HDF5 files");
    Path folder = options.outputDirectory();
    for (int i = 0; i < tasks.size(); i++) {
      OutputTask task = tasks.get(i);
      Figures figures = all.figures().get(i);
      page.withFigures(task.of(part), figures, task.labels());
      String text = FigureText.of(figures, task.labels());
      log.accept(task.of(part) + " with the best weights:");
      text.lines().forEach(log);
      texts.append(
          task.isOnly() ? "" : String.format("%stask %s%n", i == 0 ? "" : "\n", task.name()));
      texts.append(text);
      if (figures.confusion().isPresent()) {
        String name = part + (task.isOnly() ? "" : "_" + task.name()) + "_confusion.png";
        ConfusionPicture.write(
            figures.confusion().get(), task.labels(), task.of(part), folder.resolve(name));
      }
      evaluations.add(Evaluations.figures(figures, source, task.of(part), task.labels()));
    }
    AtomicFile.write(folder.resolve(part + "_report.txt"), texts.toString());
  }

  private Map<String, String> hashes() throws IOException {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (Path file : files) {
      hashes.put(file.toString(), FileHash.sha256(file));
    }
    return hashes;
  }
}
