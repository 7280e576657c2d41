package io.physiowave.training.command;

import io.physiowave.connectors.command.ProjectVersion;
import io.physiowave.core.card.Evaluation;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.dataset.DatasetDescriptionJson;
import io.physiowave.training.dataset.WindowLayout;
import io.physiowave.training.finetune.FineTuner;
import io.physiowave.training.finetune.FinetuneOptions;
import io.physiowave.training.finetune.FinetuneReport;
import io.physiowave.training.finetune.NormalisationChoice;
import io.physiowave.training.finetune.TrainingParts;
import io.physiowave.training.finetune.TrainingRun;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.Pooling;
import io.physiowave.training.model.Task;
import io.physiowave.training.run.StopRequest;
import io.physiowave.training.run.TrainingDevice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a classifier on prepared windows, from scratch or from a pretrained encoder. */
@Command(
    name = "finetune",
    preprocessor = PublishedSpelling.class,
    sortOptions = false,
    description = {
      "Train a classifier on prepared windows, from scratch or from a pretrained encoder.",
      "Options are spelled as in the published scripts; hyphens may stand for underscores."
    })
public final class FinetuneCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;

  @Spec private CommandSpec spec;

  @Mixin private TrainingFileOptions files;

  @Option(
      names = "--val_split_ratio",
      defaultValue = "0.1",
      description = "Share set apart without --val_file (default ${DEFAULT-VALUE}).")
  private double valSplitRatio;

  @Option(
      names = "--val_split_by",
      defaultValue = "window",
      description =
          "Set single windows or whole groups (records, subjects) apart: window or group"
              + " (default ${DEFAULT-VALUE}).")
  private String valSplitBy;

  @Option(
      names = "--output_dir",
      defaultValue = "finetune_output",
      description = "Where everything is written (default ${DEFAULT-VALUE}).")
  private Path outputDir;

  @Mixin private ModelShapeOptions shape;

  @Option(
      names = "--in_channels",
      description = "Signal channels (default: as dataset.json says, else 8).")
  private Integer inChannels;

  @Option(
      names = "--num_classes",
      description = "Classes (default: as many as dataset.json has labels).")
  private Integer numClasses;

  @Option(
      names = "--context_values",
      description = "Rhythm values in the last row (default: as dataset.json says, else 0).")
  private Integer contextValues;

  @Option(
      names = "--task",
      defaultValue = "classification",
      description = "classification or multilabel (default ${DEFAULT-VALUE}).")
  private String task;

  @Option(
      names = "--normalisation",
      defaultValue = "none",
      description =
          "What the model does to raw windows: ${COMPLETION-CANDIDATES}"
              + " (default ${DEFAULT-VALUE}).")
  private NormalisationChoice normalisation;

  @Option(
      names = "--normalisation_scale",
      defaultValue = "0",
      description = "Divisor of the fixed forms in the data's unit; 0 measures it.")
  private double normalisationScale;

  @Option(
      names = "--head_hidden_dim",
      defaultValue = "0",
      description = "Width of the head's hidden layer; 0 for embed_dim.")
  private int headHiddenDim;

  @Option(
      names = "--head_dropout",
      defaultValue = "0.1",
      description = "Dropout of the head (default ${DEFAULT-VALUE}).")
  private double headDropout;

  @Option(
      names = "--pooling",
      defaultValue = "mean",
      description = "mean, max, first, last or attention (default ${DEFAULT-VALUE}).")
  private String pooling;

  @Option(
      names = "--pretrained_path",
      description = "Checkpoint whose matching weights are taken over.")
  private Path pretrainedPath;

  @Option(names = "--freeze_encoder", description = "Train the head alone (linear probing).")
  private boolean freezeEncoder;

  @Mixin private FinetuneLearningOptions learning;

  @Mixin private AugmentOptions augment;

  @Mixin private RunOptions run;

  @Override
  public Integer call() throws IOException {
    TrainingDevice.useThreads(run.threads());
    Optional<DatasetDescription> dataset = description();
    int classes = classes(dataset);
    FinetuneOptions options =
        learning.options(
            outputDir,
            Optional.ofNullable(pretrainedPath),
            freezeEncoder,
            augment.options(),
            run,
            Configuration.of(spec));
    PrintWriter out = spec.commandLine().getOut();
    run.explainPrecision().ifPresent(line -> say(out, line));
    try (TrainingParts parts =
            TrainingParts.open(
                files.train(),
                files.validation(),
                files.test(),
                valSplitRatio,
                splitByGroup(),
                classes,
                run.seed());
        StopRequest stop = new StopRequest()) {
      WindowLayout layout = layout(dataset, parts);
      ModelConfig config = config(layout, classes, parts);
      try (FineTuner tuner =
          new FineTuner(options, config, layout, parts, line -> say(out, line))) {
        say(out, tuner.describe());
        if (!tuner.train(stop)) {
          say(out, "stopped; repeat the command with --resume to go on");
          return INTERRUPTED;
        }
        FinetuneReport report =
            new FinetuneReport(
                options,
                config.task(),
                labels(dataset, classes),
                dataset,
                parts,
                line -> say(out, line));
        TrainingRun done =
            report.write(tuner.best(), tuner.trainedValues(), ProjectVersion.current());
        say(out, summary(done));
      }
    }
    return 0;
  }

  /** Lines must reach a log file while training goes on. */
  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private Optional<DatasetDescription> description() throws IOException {
    Path file = files.train().get(0).toAbsolutePath().resolveSibling(DatasetDescription.FILE_NAME);
    return Files.exists(file) ? Optional.of(DatasetDescriptionJson.read(file)) : Optional.empty();
  }

  private int classes(Optional<DatasetDescription> dataset) {
    if (numClasses != null) {
      return numClasses;
    }
    return dataset
        .map(description -> description.labels().size())
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "--num_classes is missing and no "
                        + DatasetDescription.FILE_NAME
                        + " stands beside the training file"));
  }

  private boolean splitByGroup() {
    return switch (valSplitBy) {
      case "group" -> true;
      case "window" -> false;
      default ->
          throw new ParameterException(
              spec.commandLine(),
              "--val_split_by is '" + valSplitBy + "'; expected window or group");
    };
  }

  private WindowLayout layout(Optional<DatasetDescription> dataset, TrainingParts parts) {
    if (dataset.isPresent() && inChannels == null && contextValues == null) {
      return WindowLayout.of(dataset.get());
    }
    int channels = inChannels == null ? 8 : inChannels;
    int context = contextValues == null ? 0 : contextValues;
    int margin = dataset.map(DatasetDescription::marginSamples).orElse(0);
    int samples = parts.train().windows().samples() - 2 * margin;
    return new WindowLayout(channels, context, samples, margin);
  }

  private ModelConfig config(WindowLayout layout, int classes, TrainingParts parts)
      throws IOException {
    ModelConfig config =
        shape
            .builder(20, 6, List.of("db6"))
            .inChannels(layout.signalRows())
            .contextValues(layout.contextValues())
            .numClasses(classes)
            .task(Task.ofPublishedName(task))
            .pooling(Pooling.ofPublishedName(pooling))
            .headHiddenDim(headHiddenDim)
            .headDropout(headDropout)
            .build();
    layout.requireFit(parts.train().windows());
    config.tokens(layout.windowSamples());
    return config.toBuilder()
        .normalisation(normalisation.over(parts.train().windows(), layout, normalisationScale))
        .build();
  }

  private static List<String> labels(Optional<DatasetDescription> dataset, int classes) {
    return dataset
        .map(DatasetDescription::labels)
        .filter(names -> names.size() == classes)
        .orElseGet(() -> IntStream.range(0, classes).mapToObj(String::valueOf).toList());
  }

  private String summary(TrainingRun done) {
    Evaluation last = done.evaluations().get(done.evaluations().size() - 1);
    double accuracy = last.values().getOrDefault("accuracy", Double.NaN);
    return String.format(
        Locale.ROOT,
        "best epoch %d by %s; %s accuracy %.4f; everything is in %s",
        done.epoch() + 1,
        done.selectedBy(),
        last.split(),
        accuracy,
        outputDir);
  }
}
