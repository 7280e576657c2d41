package io.physiowave.training.command;

import io.physiowave.training.dataset.AugmentationOptions;
import io.physiowave.training.dataset.SamplingOptions;
import io.physiowave.training.finetune.CalibrationGoal;
import io.physiowave.training.finetune.ClassWeighting;
import io.physiowave.training.finetune.FinetuneOptions;
import io.physiowave.training.finetune.Objective;
import io.physiowave.training.finetune.RateSchedule;
import io.physiowave.training.finetune.SelectionFigure;
import io.physiowave.training.model.Initialisation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags of how fine-tuning learns, with the published defaults. */
final class FinetuneLearningOptions {
  @Option(
      names = "--batch_size",
      defaultValue = "16",
      description = "Windows of a step (default ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--epochs",
      defaultValue = "30",
      description = "Passes over the training windows (default ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--lr",
      defaultValue = "1e-4",
      description = "Highest learning rate (default ${DEFAULT-VALUE}).")
  private double lr;

  @Option(
      names = "--weight_decay",
      defaultValue = "1e-3",
      description = "Weight decay of AdamW (default ${DEFAULT-VALUE}).")
  private double weightDecay;

  @Option(
      names = "--decay_matrices_only",
      description = "Spare biases and other vectors the weight decay.")
  private boolean decayMatricesOnly;

  @Option(
      names = "--beta1",
      defaultValue = "0.9",
      description = "First beta of AdamW (default ${DEFAULT-VALUE}).")
  private double beta1;

  @Option(
      names = "--beta2",
      defaultValue = "0.999",
      description = "Second beta of AdamW (default ${DEFAULT-VALUE}).")
  private double beta2;

  @Option(
      names = "--grad_clip",
      defaultValue = "0",
      description = "Largest norm of the gradients; 0 for no limit (default ${DEFAULT-VALUE}).")
  private double gradClip;

  @Option(
      names = "--warmup_epochs",
      defaultValue = "5",
      description = "Epochs of rising rate; 0 for a tenth of all (default ${DEFAULT-VALUE}).")
  private int warmupEpochs;

  @Option(
      names = "--scheduler",
      defaultValue = "cosine",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
  private RateSchedule.Kind scheduler;

  @Option(
      names = "--min_lr",
      defaultValue = "1e-6",
      description = "Lowest rate of linear and cosine_restarts (default ${DEFAULT-VALUE}).")
  private double minLr;

  @Option(
      names = "--T_0",
      defaultValue = "10",
      description = "Steps of the first fall of cosine_restarts (default ${DEFAULT-VALUE}).")
  private int firstFall;

  @Option(
      names = "--T_mult",
      defaultValue = "2",
      description = "Each fall is so many times as long as the last (default ${DEFAULT-VALUE}).")
  private int fallFactor;

  @Option(
      names = "--init",
      defaultValue = "published",
      description =
          "First values of linear layers: published (deviation 0.02) or fan_in (one over the root"
              + " of the inputs; narrow models need it) (default ${DEFAULT-VALUE}).")
  private String init;

  @Option(
      names = "--label_smoothing",
      defaultValue = "0.1",
      description = "Share of the target spread over all classes (default ${DEFAULT-VALUE}).")
  private double labelSmoothing;

  @Option(
      names = "--class_weights",
      defaultValue = "none",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
  private ClassWeighting classWeights;

  @Option(
      names = "--focal_gamma",
      defaultValue = "0",
      description = "Exponent of the focal loss; 0 for the cross entropy.")
  private double focalGamma;

  @Option(
      names = "--logit_adjustment",
      defaultValue = "0",
      description = "Factor of the classes' log shares added to the logits while training.")
  private double logitAdjustment;

  @Option(
      names = "--sampling_power",
      defaultValue = "1",
      description =
          "Draw classes in proportion to their count to this power: 1 shows every window"
              + " once, 0.5 goes half the way, 0 balances (default ${DEFAULT-VALUE}).")
  private double samplingPower;

  @Option(
      names = "--group_sampling_power",
      defaultValue = "1",
      description =
          "Within a class, draw records or subjects in proportion to their count to this power"
              + " (default ${DEFAULT-VALUE}).")
  private double groupSamplingPower;

  @Option(
      names = "--epoch_windows",
      defaultValue = "0",
      description = "Windows drawn for an epoch; 0 for as many as there are.")
  private int epochWindows;

  @Option(
      names = "--ema",
      defaultValue = "0",
      description = "Decay of the moving average of the weights, e.g. 0.999; 0 for none.")
  private double ema;

  @Option(
      names = "--ema_start",
      defaultValue = "0",
      description = "Share of all steps after which the average begins (default ${DEFAULT-VALUE}).")
  private double emaStart;

  @Option(
      names = "--select_by",
      defaultValue = "val_loss",
      description =
          "Figure by which the best epoch is chosen: ${COMPLETION-CANDIDATES}"
              + " (default ${DEFAULT-VALUE}).")
  private SelectionFigure selectBy;

  @Option(
      names = "--patience",
      defaultValue = "0",
      description = "End after so many epochs without a better one; 0 for never.")
  private int patience;

  @Option(
      names = "--calibrate",
      defaultValue = "none",
      description =
          "Tune biases of the decision on validation: ${COMPLETION-CANDIDATES}"
              + " (default ${DEFAULT-VALUE}).")
  private CalibrationGoal calibrate;

  @Option(
      names = "--logit_bias",
      split = ",",
      arity = "1..*",
      description = "The card's decision: a bias for each class's logit, fixed beforehand.")
  private List<Double> logitBias;

  @Option(
      names = {"--thresholds", "--threshold"},
      split = ",",
      arity = "1..*",
      description =
          "The card's decision for several labels a window: the probability from which each is"
              + " given, one a label or one for all (default: tuned on validation for each"
              + " label's F1).")
  private List<Double> thresholds;

  @Option(
      names = "--minimum_probability",
      defaultValue = "0",
      description = "The card's decision: below it a window is unclassifiable.")
  private double minimumProbability;

  @Option(
      names = "--votes",
      defaultValue = "1",
      description =
          "The card's decision: windows that vote for a label (default ${DEFAULT-VALUE}).")
  private int votes;

  FinetuneOptions options(
      Path outputDirectory,
      Optional<Path> pretrained,
      boolean freezeEncoder,
      AugmentationOptions augmentation,
      RunOptions run,
      Map<String, Object> configuration) {
    return new FinetuneOptions(
        outputDirectory,
        batchSize,
        epochs,
        new RateSchedule(scheduler, lr, minLr, warmupEpochs, firstFall, fallFactor),
        weightDecay,
        decayMatricesOnly,
        beta1,
        beta2,
        gradClip,
        new Objective(labelSmoothing, classWeights, focalGamma, logitAdjustment),
        new SamplingOptions(samplingPower, groupSamplingPower, epochWindows),
        ema,
        emaStart,
        Initialisation.named(init),
        freezeEncoder,
        pretrained,
        augmentation,
        selectBy,
        patience,
        calibrate,
        logitBias == null ? List.of() : logitBias,
        thresholds == null ? List.of() : thresholds,
        minimumProbability,
        votes,
        run.device(),
        run.precision(),
        run.dropout(),
        run.seed(),
        run.resume(outputDirectory),
        run.saveSteps(),
        run.workers(),
        run.showProgress(),
        configuration);
  }
}
