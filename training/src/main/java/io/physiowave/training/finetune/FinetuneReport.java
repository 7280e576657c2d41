package io.physiowave.training.finetune;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.Evaluation;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.dataset.FileHash;
import io.physiowave.training.dataset.WindowLabels;
import io.physiowave.training.measure.Answers;
import io.physiowave.training.measure.ConfusionPicture;
import io.physiowave.training.measure.Evaluations;
import io.physiowave.training.measure.FigureText;
import io.physiowave.training.measure.Figures;
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
  private final Task task;
  private final List<String> labels;
  private final Optional<DatasetDescription> dataset;
  private final FinetuneData data;
  private final List<Path> files;
  private final Consumer<String> log;

  /**
   * Takes what the run knows.
   *
   * @param labels class names in order
   * @param dataset description beside the training files, if there is one
   * @param files that were read
   * @param log takes one line at a time for the user
   */
  public FinetuneReport(
      FinetuneOptions options,
      Task task,
      List<String> labels,
      Optional<DatasetDescription> dataset,
      FinetuneData data,
      List<Path> files,
      Consumer<String> log) {
    this.options = options;
    this.task = task;
    this.labels = labels;
    this.dataset = dataset;
    this.data = data;
    this.files = files;
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
    Decision decision = decision(best.validation());
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
    evaluations.add(
        measure("validation", best.validation(), data.validation().labels(), decision, page));
    if (best.test().isPresent() && data.test().isPresent()) {
      evaluations.add(
          measure("test", best.test().get(), data.test().get().labels(), decision, page));
    }
    page.withEpochs(history).withOptions(options.configuration()).write(options.outputDirectory());
    TrainingRun run =
        new TrainingRun(
            options.configuration(),
            dataset.orElse(null),
            hashes(),
            labels,
            options.seed(),
            best.epoch(),
            options.selectBy().toString(),
            trainedValues,
            evaluations,
            decision,
            codeVersion,
            options.device().describe(),
            LocalDate.now(ZoneOffset.UTC).toString());
    AtomicFile.write(
        options.outputDirectory().resolve(TrainingRun.FILE_NAME), TrainingRunJson.write(run));
    return run;
  }

  private Decision decision(Answers validation) {
    double[] bias = bias(validation);
    boolean biased = Arrays.stream(bias).anyMatch(value -> value != 0);
    return new Decision(
        biased ? Arrays.stream(bias).boxed().toList() : List.of(),
        options.minimumProbability(),
        options.votes(),
        thresholds(validation.withBias(bias)));
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

  private List<Double> thresholds(Answers validation) {
    if (task != Task.MULTILABEL) {
      return List.of();
    }
    if (options.thresholds().size() == 1) {
      return Collections.nCopies(validation.classes(), options.thresholds().get(0));
    }
    if (!options.thresholds().isEmpty()) {
      return options.thresholds();
    }
    List<Double> tuned = new ThresholdTuning(validation, data.validation().labels()).thresholds();
    log.accept("thresholds of " + labels + ", tuned on validation: " + tuned);
    return tuned;
  }

  private Evaluation measure(
      String part, Answers answers, WindowLabels truth, Decision decision, HtmlReport page)
      throws IOException {
    Figures figures = Figures.of(answers, truth, decision);
    page.withFigures(part, figures, labels);
    String text = FigureText.of(figures, labels);
    log.accept(part + " with the best weights:");
    text.lines().forEach(log);
    Path folder = options.outputDirectory();
    AtomicFile.write(folder.resolve(part + "_report.txt"), text);
    if (figures.confusion().isPresent()) {
      ConfusionPicture.write(
          figures.confusion().get(), labels, part, folder.resolve(part + "_confusion.png"));
    }
    return Evaluations.figures(
        figures, dataset.map(data -> data.source().id()).orElse("HDF5 files"), part, labels);
  }

  private Map<String, String> hashes() throws IOException {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (Path file : files) {
      hashes.put(file.toString(), FileHash.sha256(file));
    }
    return hashes;
  }
}
