package io.physiowave.training.command;

import io.physiowave.connectors.command.ProjectVersion;
import io.physiowave.core.card.Evaluation;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.dataset.DatasetDescriptionJson;
import io.physiowave.training.dataset.LabelTask;
import io.physiowave.training.dataset.WindowLabelling;
import io.physiowave.training.dataset.WindowLayout;
import io.physiowave.training.dataset.WindowMeaning;
import io.physiowave.training.distributed.ProcessGroup;
import io.physiowave.training.evaluate.TrainedModel;
import io.physiowave.training.finetune.DiscriminantOptions;
import io.physiowave.training.finetune.FineTuner;
import io.physiowave.training.finetune.FinetuneOptions;
import io.physiowave.training.finetune.FinetuneReport;
import io.physiowave.training.finetune.FusionLearner;
import io.physiowave.training.finetune.TrainingParts;
import io.physiowave.training.finetune.TrainingRun;
import io.physiowave.training.model.ModelConfig;
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

  @Mixin private FinetuneModelFlags model;

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
      split.explain(files.validation().isEmpty(), setup.parts()).ifPresent(log);
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
    List<String> labels = model.labels(dataset, firstTrainingFile());
    return modality == null
        ? signal(dataset, labels, options, discriminantOptions, log)
        : fusion(labels, options);
  }

  private FinetuneSetup signal(
      Optional<DatasetDescription> dataset,
      List<String> labels,
      FinetuneOptions options,
      DiscriminantOptions discriminantOptions,
      Consumer<String> log)
      throws IOException {
    TrainingParts parts =
        parts(TrainedModel.ONLY, List.of(TrainedModel.ONLY), model.labelling(labels.size()));
    try {
      WindowLayout layout = model.layout(dataset, parts);
      ModelConfig config = model.config(layout, labels.size(), discriminant.floor(), parts);
      return SignalSetup.of(options, config, labels, layout, parts, discriminantOptions, log);
    } catch (IOException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private FinetuneSetup tasks(
      Optional<DatasetDescription> dataset, FinetuneOptions options, Consumer<String> log)
      throws IOException {
    List<LabelTask> tasks = several.tasks();
    TrainingParts parts =
        parts(TrainedModel.ONLY, List.of(TrainedModel.ONLY), LabelTask.marks(tasks));
    try {
      WindowLayout layout = model.layout(dataset, parts);
      return MultiTaskSetup.of(
          options,
          model.config(layout, tasks.get(0).outputs(), discriminant.floor(), parts),
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
        TrainingParts parts = parts(signal.getKey(), modality.keySet(), model.labelling(classes));
        Path train = parts.train().windows().paths().get(0);
        setup.add(
            signal.getKey(),
            signal.getValue(),
            parts,
            descriptionBeside(train),
            model.normalisation(),
            model.normalisationScale());
      }
      return setup.with(model.head(classes, setup.widest()), labels);
    } catch (IOException | RuntimeException e) {
      setup.abandon();
      throw e;
    }
  }

  private TrainingParts parts(String signal, Iterable<String> known, WindowLabelling labelling)
      throws IOException {
    List<Path> train = files.train().of(signal, known, "--train_file");
    List<Path> validation =
        files.validation().isEmpty()
            ? List.of()
            : files.validation().of(signal, known, "--val_file");
    List<Path> test =
        files.test().isEmpty() ? List.of() : files.test().of(signal, known, "--test_file");
    Optional<WindowMeaning> meaning = WindowMeaning.of(train.get(0));
    if (meaning.isPresent()) {
      meaning.get().require(train);
      meaning.get().require(validation);
      meaning.get().require(test);
    }
    return TrainingParts.open(
        train, validation, test, split.share(), split.byGroup(), labelling, run.seed());
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
