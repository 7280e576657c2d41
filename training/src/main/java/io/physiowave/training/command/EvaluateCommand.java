package io.physiowave.training.command;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.training.dataset.BatchSource;
import io.physiowave.training.dataset.WindowLabelling;
import io.physiowave.training.dataset.WindowLabels;
import io.physiowave.training.dataset.WindowMeaning;
import io.physiowave.training.distributed.ProcessGroup;
import io.physiowave.training.evaluate.CalibratedAnswers;
import io.physiowave.training.evaluate.EvaluationJson;
import io.physiowave.training.evaluate.TrainedModel;
import io.physiowave.training.finetune.TaskRun;
import io.physiowave.training.measure.ConfusionPicture;
import io.physiowave.training.measure.Evaluator;
import io.physiowave.training.measure.FigureText;
import io.physiowave.training.measure.Figures;
import io.physiowave.training.measure.OutputTask;
import io.physiowave.training.measure.TaskFigures;
import io.physiowave.training.model.Task;
import io.physiowave.training.run.AtomicFile;
import io.physiowave.training.run.TrainingDevice;
import io.physiowave.training.run.TrainingProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures a trained model on prepared windows. */
@Command(
    name = "evaluate",
    preprocessor = PublishedSpelling.class,
    sortOptions = false,
    description = "Measure a model, an exported .onnx file or a checkpoint, on prepared windows.")
public final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "The ONNX file, or the checkpoint with training_run.json beside it.")
  private Path model;

  @Option(
      names = {"--data", "--test_file", "--test_files"},
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "HDF5 files with data (N,C,T) and label (N) or (N,K); for a fused model SIGNAL=FILE.")
  private List<String> data;

  @Option(
      names = "--labels",
      split = ",",
      arity = "1..*",
      description = "Class names (default: as the model says, else numbers).")
  private List<String> labels;

  @Option(
      names = "--no_decision",
      description =
          "Take the most probable class, or labels from 0.5 on; default: with the biases and"
              + " thresholds of the model's decision.")
  private boolean noDecision;

  @Option(
      names = "--calibrate_rounds",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Of each group, calibrate on the first N rounds of each label and measure the others;"
              + " 0 does not (default ${DEFAULT-VALUE}).")
  private int calibrateRounds;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Option(
      names = "--output_dir",
      description = "Write evaluation.json, evaluation.txt and confusion.png there too.")
  private Path outputDir;

  @Option(
      names = "--batch_size",
      defaultValue = "64",
      description = "Windows asked at once (default ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--device",
      defaultValue = "auto",
      description = "Of a checkpoint: auto, cpu or cuda:N (default ${DEFAULT-VALUE}).")
  private String device;

  @Option(
      names = "--threads",
      defaultValue = "0",
      description = "Threads of one operation; 0 leaves the choice to the engine.")
  private int threads;

  @Override
  public Integer call() throws IOException {
    requireAtLeast("--calibrate_rounds", calibrateRounds, 0);
    requireAtLeast("--batch_size", batchSize, 1);
    requireAtLeast("--threads", threads, 0);
    if (outputDir != null && Files.exists(outputDir) && !Files.isDirectory(outputDir)) {
      throw new ParameterException(
          spec.commandLine(), "--output_dir is " + outputDir + ", a file; expected a directory");
    }
    TrainingDevice.useThreads(threads);
    SignalFiles files = SignalFiles.of(data);
    try (TrainedModel trained =
            TrainedModel.open(model, TrainingDevice.of(device), Math.max(1, threads));
        SignalWindows windows =
            SignalWindows.open(
                files, "--data", trained.inputs(), trained.classes(), labelling(trained))) {
      meaning(trained).require(files.all());
      BatchSource source = windows.source();
      float[] logits;
      try (TrainingProgress none = TrainingProgress.start(false, "", 0, 0)) {
        logits =
            Evaluator.logits(
                trained.model(), trained.classes(), source, batchSize, none, ProcessGroup.alone());
      }
      requireFinite(logits, trained.classes(), source);
      List<OutputTask> tasks = tasks(trained, source);
      if (calibrateRounds > 0) {
        reportCalibrated(trained, tasks, source, logits, files.describe());
      } else {
        TaskFigures figures = TaskFigures.of(tasks, decisions(trained), logits, source.labels());
        report(trained, figures, source.size(), files.describe());
      }
    }
    return 0;
  }

  private void requireAtLeast(String option, int value, int least) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(), option + " is " + value + "; expected " + least + " or more");
    }
  }

  /** Figures of answers that are no numbers would look like figures. */
  private void requireFinite(float[] logits, int classes, BatchSource source) throws IOException {
    for (int i = 0; i < logits.length; i++) {
      if (!Float.isFinite(logits[i])) {
        throw new IOException(
            model
                + ": output "
                + i % classes
                + " for "
                + source.where(i / classes)
                + " is "
                + logits[i]
                + "; expected finite answers, so the weights are damaged or training diverged");
      }
    }
  }

  private void reportCalibrated(
      TrainedModel trained,
      List<OutputTask> tasks,
      BatchSource source,
      float[] logits,
      String files)
      throws IOException {
    ModelCard card =
        trained
            .card()
            .orElseThrow(
                () ->
                    new IOException(
                        model
                            + ": --calibrate_rounds asks for an exported model (.onnx) of one signal and one task"));
    CalibratedAnswers answers =
        CalibratedAnswers.of(card, source, logits, calibrateRounds, batchSize);
    WindowLabels truth = source.labels().select(answers.windows());
    TaskFigures alone = TaskFigures.of(tasks, decisions(trained), answers.uncalibrated(), truth);
    TaskFigures figures = TaskFigures.of(tasks, decisions(trained), answers.logits(), truth);
    report(
        trained,
        figures,
        answers.windows().length,
        String.format(
            Locale.ROOT,
            "%s, %d groups, each calibrated on its first %d rounds (accuracy without: %.4f)",
            files,
            answers.wearers(),
            calibrateRounds,
            alone.figures().get(0).values().get("accuracy")));
  }

  /** What the model says of its windows; names that are given, or mere numbers, say nothing. */
  private WindowMeaning meaning(TrainedModel trained) {
    List<String> numbers = IntStream.range(0, trained.classes()).mapToObj(String::valueOf).toList();
    boolean tells = labels == null && !trained.labels().equals(numbers);
    return new WindowMeaning(
        model.toString(),
        tells ? trained.labels() : List.of(),
        trained.card().map(ModelCard::unit),
        trained.card().map(ModelCard::sampleRateHz));
  }

  private static WindowLabelling labelling(TrainedModel trained) {
    if (!trained.tasks().isEmpty()) {
      return MultiTaskSetup.labelling(TaskRun.outputs(trained.tasks()));
    }
    return WindowLabelling.forTask(
        trained.severalLabels() ? Task.MULTILABEL : Task.CLASSIFICATION, trained.classes());
  }

  private List<OutputTask> tasks(TrainedModel trained, BatchSource source) {
    if (!trained.tasks().isEmpty()) {
      if (labels != null) {
        throw new ParameterException(
            spec.commandLine(), "--labels is given for a model of several tasks; expected none");
      }
      return TaskRun.outputs(trained.tasks());
    }
    Task task = source.labels().isMultiLabel() ? Task.MULTILABEL : Task.CLASSIFICATION;
    return List.of(OutputTask.only(task, names(trained)));
  }

  private List<Decision> decisions(TrainedModel trained) {
    List<Decision> decisions =
        trained.tasks().isEmpty()
            ? List.of(trained.decision())
            : trained.tasks().stream().map(TaskRun::decision).toList();
    return noDecision ? decisions.stream().map(one -> Decision.ARG_MAX).toList() : decisions;
  }

  private List<String> names(TrainedModel trained) {
    List<String> names = labels == null ? trained.labels() : labels;
    if (names.size() == trained.classes()) {
      return names;
    }
    if (labels != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--labels names " + labels.size() + " classes; the model has " + trained.classes());
    }
    return IntStream.range(0, trained.classes()).mapToObj(String::valueOf).toList();
  }

  /** Heads of rows: labels with the names that people give them. */
  private List<String> rows(TrainedModel trained, OutputTask task) {
    return task.isOnly() && trained.labelNames().keySet().containsAll(task.labels())
        ? task.labels().stream()
            .map(label -> label + " (" + trained.labelNames().get(label) + ")")
            .toList()
        : task.labels();
  }

  private void report(TrainedModel trained, TaskFigures all, int windows, String files)
      throws IOException {
    String engine = trained.engine();
    OutputTask first = all.tasks().get(0);
    String object =
        first.isOnly()
            ? EvaluationJson.write(
                all.figures().get(0), windows, model.toString(), engine, files, first.labels())
            : EvaluationJson.write(all, windows, model.toString(), engine, files);
    StringBuilder text = new StringBuilder();
    text.append(String.format("%s (%s) on %d windows of %s%n", model, engine, windows, files));
    for (int i = 0; i < all.tasks().size(); i++) {
      OutputTask task = all.tasks().get(i);
      text.append(task.isOnly() ? "" : String.format("%ntask %s%n", task.name()));
      text.append(FigureText.of(all.figures().get(i), task.labels(), rows(trained, task)));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? object + System.lineSeparator() : text);
    out.flush();
    if (outputDir != null) {
      Files.createDirectories(outputDir);
      AtomicFile.write(outputDir.resolve("evaluation.json"), object + "\n");
      AtomicFile.write(outputDir.resolve("evaluation.txt"), text.toString());
      for (int i = 0; i < all.tasks().size(); i++) {
        picture(all.tasks().get(i), all.figures().get(i));
      }
    }
  }

  private void picture(OutputTask task, Figures figures) throws IOException {
    if (figures.confusion().isPresent()) {
      String name = task.isOnly() ? "confusion" : task.name() + "_confusion";
      ConfusionPicture.write(
          figures.confusion().get(), task.labels(), name, outputDir.resolve(name + ".png"));
    }
  }
}
