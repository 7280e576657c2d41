package io.physiowave.training.command;

import io.physiowave.core.card.Decision;
import io.physiowave.training.dataset.BatchSource;
import io.physiowave.training.distributed.ProcessGroup;
import io.physiowave.training.evaluate.EvaluationJson;
import io.physiowave.training.evaluate.TrainedModel;
import io.physiowave.training.measure.Answers;
import io.physiowave.training.measure.ConfusionPicture;
import io.physiowave.training.measure.Evaluator;
import io.physiowave.training.measure.FigureText;
import io.physiowave.training.measure.Figures;
import io.physiowave.training.model.Task;
import io.physiowave.training.run.AtomicFile;
import io.physiowave.training.run.TrainingDevice;
import io.physiowave.training.run.TrainingProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    TrainingDevice.useThreads(threads);
    SignalFiles files = SignalFiles.of(data);
    try (TrainedModel trained =
            TrainedModel.open(model, TrainingDevice.of(device), Math.max(1, threads));
        SignalWindows windows = SignalWindows.open(files, trained.inputs(), trained.classes())) {
      BatchSource source = windows.source();
      Task task = source.labels().isMultiLabel() ? Task.MULTILABEL : Task.CLASSIFICATION;
      Answers answers;
      try (TrainingProgress none = TrainingProgress.start(false, "", 0, 0)) {
        answers =
            Evaluator.answers(
                trained.model(),
                task,
                trained.classes(),
                source,
                batchSize,
                none,
                ProcessGroup.alone());
      }
      Decision decision = noDecision ? Decision.ARG_MAX : trained.decision();
      report(
          trained, Figures.of(answers, source.labels(), decision), source.size(), files.describe());
    }
    return 0;
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

  private void report(TrainedModel trained, Figures figures, int windows, String files)
      throws IOException {
    List<String> names = names(trained);
    String object =
        EvaluationJson.write(figures, windows, model.toString(), trained.engine(), files, names);
    String text =
        String.format("%s (%s) on %d windows of %s%n", model, trained.engine(), windows, files)
            + FigureText.of(figures, names);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? object + System.lineSeparator() : text);
    out.flush();
    if (outputDir != null) {
      Files.createDirectories(outputDir);
      AtomicFile.write(outputDir.resolve("evaluation.json"), object + "\n");
      AtomicFile.write(outputDir.resolve("evaluation.txt"), text);
      if (figures.confusion().isPresent()) {
        ConfusionPicture.write(
            figures.confusion().get(), names, "confusion", outputDir.resolve("confusion.png"));
      }
    }
  }
}
