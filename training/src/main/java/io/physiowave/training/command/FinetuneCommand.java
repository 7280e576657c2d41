package io.physiowave.training.command;

import io.physiowave.connectors.command.ProjectVersion;
import io.physiowave.core.card.Evaluation;
import io.physiowave.training.dataset.AugmentationOptions;
import io.physiowave.training.dataset.BatchAssembler;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.dataset.DatasetDescriptionJson;
import io.physiowave.training.dataset.LabelTask;
import io.physiowave.training.dataset.WindowFile;
import io.physiowave.training.dataset.WindowLabelling;
import io.physiowave.training.dataset.WindowLabels;
import io.physiowave.training.dataset.WindowLayout;
import io.physiowave.training.distributed.ProcessGroup;
import io.physiowave.training.evaluate.TrainedModel;
import io.physiowave.training.finetune.DiscriminantFit;
import io.physiowave.training.finetune.DiscriminantOptions;
import io.physiowave.training.finetune.FineTuner;
import io.physiowave.training.finetune.FinetuneData;
import io.physiowave.training.finetune.FinetuneOptions;
import io.physiowave.training.finetune.FinetuneReport;
import io.physiowave.training.finetune.FusionLearner;
import io.physiowave.training.finetune.NormalisationChoice;
import io.physiowave.training.finetune.SignalLearner;
import io.physiowave.training.finetune.TrainingParts;
import io.physiowave.training.finetune.TrainingRun;
import io.physiowave.training.measure.OutputTask;
import io.physiowave.training.model.HeadConfig;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.Task;
import io.physiowave.training.run.StopRequest;
import io.physiowave.training.run.TrainingDevice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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

  @Mixin private ValidationSplitFlags split;

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
      description =
          "Classes (default: as many as dataset.json has labels, or as label has columns).")
  private Integer numClasses;

  @Option(
      names = "--context_values",
      description = "Rhythm values in the last row (default: as dataset.json says, else 0).")
  private Integer contextValues;

  @Option(
      names = {"--task", "--task_type"},
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

  @Mixin private HeadFlags head;

  @Option(
      names = "--pretrained_path",
      description = "Checkpoint whose matching weights are taken over.")
  private Path pretrainedPath;

  @Option(
      names = "--modality",
      arity = "1..*",
      paramLabel = "SIGNAL=CHECKPOINT",
      description =
          "Fuse several signals of the same time spans, e.g. ecg=ecg.pwck emg=emg.pwck with"
              + " --train_file ecg=a.h5 emg=b.h5: the encoders stay as they are, a head on each"
              + " and the signals' shares are trained. The shape options do not apply.")
  private Map<String, Path> modality;

  @Mixin private TaskFlags several;

  @Option(names = "--freeze_encoder", description = "Train the head alone (linear probing).")
  private boolean freezeEncoder;

  @Mixin private FinetuneLearningOptions learning;

  @Mixin private DiscriminantFlags discriminant;

  @Mixin private AugmentOptions augment;

  @Mixin private RunOptions run;

  @Override
  public Integer call() throws IOException {
    DiscriminantOptions discriminantOptions = discriminant.options();
    requireTasksThatFit();
    if (run.startsProcesses()) {
      return run.startProcesses(spec);
    }
    TrainingDevice.useThreads(run.threads());
    Optional<DatasetDescription> dataset = description();
    FinetuneOptions options =
        learning.options(
            outputDir,
            Optional.ofNullable(pretrainedPath),
            freezeEncoder,
            augment.options(),
            run,
            run.configuration(spec));
    PrintWriter out = run.output(spec);
    Consumer<String> log = line -> say(out, line);
    run.explainPrecision().ifPresent(log);
    run.explainWorldSize().ifPresent(log);
    files.repeated().forEach(log);
    try (FinetuneSetup setup = setup(dataset, options, discriminantOptions, log);
        StopRequest stop = new StopRequest();
        ProcessGroup group = ProcessGroup.join(run.rank(), options.device());
        FineTuner tuner =
            new FineTuner(
                options,
                setup.learner(),
                setup.data(),
                setup.tasks(),
                several.areGiven() ? several.weights() : List.of(1.0),
                group,
                log)) {
      log.accept(tuner.describe());
      if (!tuner.train(stop)) {
        log.accept("stopped; repeat the command with --resume to go on");
        return INTERRUPTED;
      }
      if (group.isFirst()) {
        setup.completion().complete(tuner.bestFile());
        FinetuneReport report =
            new FinetuneReport(
                options,
                setup.tasks(),
                modality == null ? dataset : Optional.empty(),
                setup.data(),
                setup.files(),
                setup.learner().pretraining(),
                log);
        TrainingRun done =
            report.write(
                tuner.best(), tuner.history(), tuner.trainedValues(), ProjectVersion.current());
        if (setup.learner() instanceof FusionLearner fused) {
          log.accept("shares of the signals: " + fused.shares());
        }
        log.accept(summary(done));
      }
    }
    return 0;
  }

  private void requireTasksThatFit() {
    several.requireUse();
    if (several.areGiven() && (modality != null || discriminant.floor() > 0)) {
      throw new ParameterException(
          spec.commandLine(),
          "--tasks does not go with --modality or --channel_statistics: its heads read one encoder"
              + " alone");
    }
  }

  private FinetuneSetup setup(
      Optional<DatasetDescription> dataset,
      FinetuneOptions options,
      DiscriminantOptions discriminantOptions,
      Consumer<String> log)
      throws IOException {
    if (several.areGiven()) {
      return tasks(dataset, options, log);
    }
    int classes = classes(dataset);
    List<String> labels = labels(dataset, classes);
    return modality == null
        ? signal(dataset, labels, options, discriminantOptions, log)
        : fusion(labels, options);
  }

  private FinetuneSetup tasks(
      Optional<DatasetDescription> dataset, FinetuneOptions options, Consumer<String> log)
      throws IOException {
    List<LabelTask> tasks = several.tasks();
    TrainingParts parts =
        parts(TrainedModel.ONLY, List.of(TrainedModel.ONLY), LabelTask.marks(tasks));
    try {
      WindowLayout layout = layout(dataset, parts);
      return MultiTaskSetup.of(
          options,
          config(layout, tasks.get(0).outputs(), parts),
          several.sharedDim(),
          layout,
          MultiTaskSetup.outputs(tasks, parts),
          parts,
          log);
    } catch (IOException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private FinetuneSetup signal(
      Optional<DatasetDescription> dataset,
      List<String> labels,
      FinetuneOptions options,
      DiscriminantOptions discriminantOptions,
      Consumer<String> log)
      throws IOException {
    int classes = labels.size();
    TrainingParts parts = parts(TrainedModel.ONLY, List.of(TrainedModel.ONLY), labelling(classes));
    try {
      WindowLayout layout = layout(dataset, parts);
      FinetuneData data =
          FinetuneData.of(parts, classes, layout, options.augmentation(), options.seed());
      ModelConfig config = config(layout, classes, parts);
      FinetuneSetup.Completion completion =
          config.channelStatistics() > 0
              ? best -> discriminate(best, parts, config, layout, discriminantOptions, log)
              : FinetuneSetup.Completion.NONE;
      return new FinetuneSetup(
          new SignalLearner(options, config, log),
          data,
          List.of(parts),
          completion,
          List.of(OutputTask.only(config.task(), labels)));
    } catch (IOException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static void discriminate(
      Path best,
      TrainingParts parts,
      ModelConfig config,
      WindowLayout layout,
      DiscriminantOptions options,
      Consumer<String> log)
      throws IOException {
    BatchAssembler unvaried =
        new BatchAssembler(
            parts.train().windows(),
            parts.train().labels(),
            config.numClasses(),
            layout,
            AugmentationOptions.NONE,
            0);
    if (DiscriminantFit.complete(best, unvaried, options)) {
      log.accept("fitted the discriminant on channel statistics to the training windows");
    }
  }

  private FinetuneSetup fusion(List<String> labels, FinetuneOptions options) throws IOException {
    if (discriminant.floor() > 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--channel_statistics does not go with --modality: fused signals have no discriminant");
    }
    int classes = labels.size();
    FusionSetup setup = new FusionSetup(classes, options);
    try {
      for (Map.Entry<String, Path> signal : modality.entrySet()) {
        TrainingParts parts = parts(signal.getKey(), modality.keySet(), labelling(classes));
        Path train = parts.train().windows().paths().get(0);
        setup.add(
            signal.getKey(),
            signal.getValue(),
            parts,
            descriptionBeside(train),
            normalisation,
            normalisationScale);
      }
      return setup.with(
          HeadConfig.withoutContext(
              Task.ofPublishedName(task),
              classes,
              head.hiddenWidth(setup.widest()),
              head.dropout(),
              head.pooling()),
          labels);
    } catch (IOException | RuntimeException e) {
      setup.abandon();
      throw e;
    }
  }

  private WindowLabelling labelling(int classes) {
    return WindowLabelling.forTask(Task.ofPublishedName(task), classes);
  }

  private TrainingParts parts(String signal, Iterable<String> known, WindowLabelling labelling)
      throws IOException {
    SignalFiles validation = files.validation();
    SignalFiles test = files.test();
    return TrainingParts.open(
        files.train().of(signal, known, "--train_file"),
        validation.isEmpty() ? List.of() : validation.of(signal, known, "--val_file"),
        test.isEmpty() ? List.of() : test.of(signal, known, "--test_file"),
        split.share(),
        split.byGroup(),
        labelling,
        run.seed());
  }

  /** Lines must reach a log file while training goes on. */
  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  /** What stands beside the first training file. */
  private Optional<DatasetDescription> description() throws IOException {
    return descriptionBeside(firstTrainingFile());
  }

  private Path firstTrainingFile() {
    return files.train().bySignal().values().iterator().next().get(0);
  }

  private static Optional<DatasetDescription> descriptionBeside(Path train) throws IOException {
    Path file = train.toAbsolutePath().resolveSibling(DatasetDescription.FILE_NAME);
    return Files.exists(file) ? Optional.of(DatasetDescriptionJson.read(file)) : Optional.empty();
  }

  private int classes(Optional<DatasetDescription> dataset) throws IOException {
    if (numClasses != null) {
      return numClasses;
    }
    if (dataset.isEmpty()) {
      try (WindowFile file = WindowFile.open(firstTrainingFile())) {
        int columns = file.labels().map(WindowLabels::columns).orElse(0);
        if (columns > 0) {
          return columns;
        }
      }
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
            .pooling(head.pooling())
            .headDropout(head.dropout())
            .build();
    layout.requireFit(parts.train().windows());
    config.tokens(layout.windowSamples());
    return config.toBuilder()
        .headHiddenDim(head.configuredWidth(config.embedDim()))
        .channelStatistics(discriminant.floor())
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
