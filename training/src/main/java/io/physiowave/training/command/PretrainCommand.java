package io.physiowave.training.command;

import io.physiowave.training.dataset.AugmentationOptions;
import io.physiowave.training.dataset.WindowSet;
import io.physiowave.training.distributed.ProcessGroup;
import io.physiowave.training.model.Initialisation;
import io.physiowave.training.model.MaskingStrategy;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.Task;
import io.physiowave.training.pretrain.PretrainOptions;
import io.physiowave.training.pretrain.Pretrainer;
import io.physiowave.training.run.StopRequest;
import io.physiowave.training.run.TrainingDevice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Pretrains an encoder by guessing hidden patches. */
@Command(
    name = "pretrain",
    preprocessor = PublishedSpelling.class,
    sortOptions = false,
    description = {
      "Pretrain an encoder on windows without labels by guessing hidden patches.",
      "Options are spelled as in the published scripts; hyphens may stand for underscores. Files"
          + " are read window by window and may be of any size."
    })
public final class PretrainCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;

  @Spec private CommandSpec spec;

  @Option(
      names = {"--train_files", "--train_file"},
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "HDF5 files with data (N,C,T), separated by commas or spaces.")
  private List<String> trainFiles;

  @Option(
      names = {"--val_files", "--val_file"},
      arity = "0..*",
      paramLabel = "FILE",
      description = "HDF5 files to choose the best epoch by.")
  private List<String> valFiles;

  @Option(
      names = "--output_dir",
      defaultValue = "pretrain_output",
      description = "Where everything is written (default ${DEFAULT-VALUE}).")
  private Path outputDir;

  @Option(
      names = "--max_length",
      defaultValue = "512",
      description =
          "Samples of a window: longer ones are cut, shorter ones filled with zeros"
              + " (default ${DEFAULT-VALUE}).")
  private int maxLength;

  @Option(
      names = "--normalize",
      hidden = true,
      description = "Accepted and without effect, as in the published script.")
  private boolean normalize;

  @Option(
      names = "--in_channels",
      defaultValue = "8",
      description = "Signal channels (default ${DEFAULT-VALUE}).")
  private int inChannels;

  @Mixin private ModelShapeOptions shape;

  @Option(
      names = "--patch_stride",
      hidden = true,
      description = "Accepted and without effect: patches do not overlap, as in the paper.")
  private Integer patchStride;

  @Option(
      names = "--masking_strategy",
      defaultValue = "frequency_guided",
      description = "frequency_guided or random (default ${DEFAULT-VALUE}).")
  private String maskingStrategy;

  @Option(
      names = "--importance_ratio",
      defaultValue = "0.6",
      description = "Share of spectral importance in the choice (default ${DEFAULT-VALUE}).")
  private double importanceRatio;

  @Option(
      names = "--fixed_target",
      description =
          "Let the loss leave its target alone. The published loss also trains the wavelet filters"
              + " to give less to predict, which on small data ends in filters near zero.")
  private boolean fixedTarget;

  @Option(
      names = "--mask_ratio",
      defaultValue = "0.15",
      description = "Share of the tokens that are hidden (default ${DEFAULT-VALUE}).")
  private double maskRatio;

  @Option(
      names = "--init",
      defaultValue = "published",
      description = "First values of linear layers: published or fan_in (default published).")
  private String init;

  @Option(
      names = "--batch_size",
      defaultValue = "32",
      description = "Windows of a batch (default ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--epochs",
      defaultValue = "100",
      description = "Passes over the training windows (default ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--lr",
      defaultValue = "1e-4",
      description = "Highest learning rate (default ${DEFAULT-VALUE}).")
  private double lr;

  @Option(
      names = "--weight_decay",
      defaultValue = "0.01",
      description = "Weight decay of AdamW (default ${DEFAULT-VALUE}).")
  private double weightDecay;

  @Option(
      names = "--grad_accumulation_steps",
      defaultValue = "1",
      description = "Batches whose gradients make one step (default ${DEFAULT-VALUE}).")
  private int gradAccumulationSteps;

  @Option(
      names = "--grad_clip",
      defaultValue = "1",
      description = "Largest norm of the gradients; 0 for no limit (default ${DEFAULT-VALUE}).")
  private double gradClip;

  @Option(
      names = "--warmup_epochs",
      defaultValue = "10",
      description = "Epochs of rising rate (default ${DEFAULT-VALUE}).")
  private int warmupEpochs;

  @Option(
      names = "--scheduler",
      defaultValue = "cosine",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
  private Scheduler scheduler;

  @Option(
      names = "--shuffle_buffer",
      defaultValue = "16384",
      description =
          "Windows among which the order is random; blocks of neighbours are drawn from all"
              + " files (default ${DEFAULT-VALUE}).")
  private int shuffleBuffer;

  @Option(
      names = "--use_augmentation",
      description =
          "Random crop, and unless --augment_... say otherwise, noise, amplitude and stretch.")
  private boolean useAugmentation;

  @Mixin private AugmentOptions augment;

  @Option(
      names = "--save_freq",
      defaultValue = "20",
      description = "Epochs between checkpoints that are kept (default ${DEFAULT-VALUE}).")
  private int saveFreq;

  @Mixin private RunOptions run;

  /** The schedules of the published script. */
  enum Scheduler {
    /** Warm-up, then half a cosine down to 0, step by step. */
    cosine,
    /** The same rate for ever. */
    none
  }

  @Override
  public Integer call() throws IOException {
    if (run.startsProcesses()) {
      return run.startProcesses(spec);
    }
    TrainingDevice.useThreads(run.threads());
    PrintWriter out = run.output(spec);
    run.explainPrecision().ifPresent(line -> say(out, line));
    run.explainWorldSize().ifPresent(line -> say(out, line));
    explainWithoutEffect(out);
    PretrainOptions options = options();
    ModelConfig config = config();
    List<Path> trainingFiles = TrainingFileOptions.paths(trainFiles);
    List<Path> validationFiles = TrainingFileOptions.paths(valFiles);
    Map<String, Collection<Path>> byOption = new LinkedHashMap<>();
    byOption.put("--train_file", trainingFiles);
    byOption.put("--val_file", validationFiles);
    FileNames.repeated(byOption).forEach(line -> say(out, line));
    try (WindowSet training = WindowSet.open(trainingFiles);
        WindowSet validation = validationFiles.isEmpty() ? null : WindowSet.open(validationFiles);
        StopRequest stop = new StopRequest();
        ProcessGroup group = ProcessGroup.join(run.rank(), options.device());
        Pretrainer pretrainer =
            new Pretrainer(
                options,
                config,
                Initialisation.named(init),
                PretrainingRecord.begin(options, training, Optional.ofNullable(validation)),
                training,
                Optional.ofNullable(validation),
                group,
                line -> say(out, line))) {
      say(out, pretrainer.describe());
      if (!pretrainer.train(stop)) {
        say(out, "stopped; repeat the command with --resume to go on");
        return INTERRUPTED;
      }
      if (group.isFirst()) {
        PretrainingRecord.complete(pretrainer.bestFile());
      }
      say(out, "done; the best weights are in " + pretrainer.bestFile());
    }
    return 0;
  }

  private void explainWithoutEffect(PrintWriter out) {
    if (normalize) {
      say(out, "--normalize: has no effect, as in the published script; prepare scales the data");
    }
    if (patchStride != null) {
      say(out, "--patch_stride: has no effect; patches stand side by side, as in the paper");
    }
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private ModelConfig config() {
    ModelConfig config =
        shape
            .builder(64, 8, List.of("db4", "db6", "sym4"))
            .inChannels(inChannels)
            .maskingStrategy(MaskingStrategy.ofPublishedName(maskingStrategy))
            .importanceRatio(importanceRatio)
            .maskRatio(maskRatio)
            .task(Task.PRETRAIN)
            .build();
    config.tokens(maxLength);
    return config;
  }

  private PretrainOptions options() {
    AugmentationOptions given = augment.options();
    AugmentationOptions augmentation =
        useAugmentation && given.equals(AugmentationOptions.NONE)
            ? AugmentationOptions.PRETRAINING
            : given;
    return new PretrainOptions(
        outputDir,
        maxLength,
        batchSize,
        epochs,
        lr,
        warmupEpochs,
        scheduler == Scheduler.cosine,
        weightDecay,
        gradClip,
        gradAccumulationSteps,
        maskRatio,
        fixedTarget,
        augmentation,
        useAugmentation,
        shuffleBuffer,
        run.device(),
        run.precision(),
        run.dropout(),
        run.seed(),
        run.resume(outputDir),
        run.saveSteps(),
        saveFreq,
        run.workers(),
        run.showProgress(),
        run.configuration(spec));
  }
}
