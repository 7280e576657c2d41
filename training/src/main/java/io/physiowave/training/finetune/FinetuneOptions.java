package io.physiowave.training.finetune;

import io.physiowave.training.dataset.AugmentationOptions;
import io.physiowave.training.dataset.SamplingOptions;
import io.physiowave.training.measure.OutputTask;
import io.physiowave.training.model.Initialisation;
import io.physiowave.training.model.Task;
import io.physiowave.training.run.OptionLimits;
import io.physiowave.training.run.Precision;
import io.physiowave.training.run.TrainingDevice;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a model is fine-tuned.
 *
 * @param outputDirectory where everything is written
 * @param batchSize windows of a step, at least 1
 * @param epochs passes over the training windows, at least 1
 * @param schedule learning rate of each step
 * @param weightDecay of AdamW, 0 or more
 * @param decayMatricesOnly whether biases and other vectors are spared the decay
 * @param firstBeta of AdamW, 0 to below 1
 * @param secondBeta of AdamW, 0 to below 1
 * @param gradientClip largest norm of the gradients; 0 for no limit
 * @param objective what is made small
 * @param sampling which windows an epoch shows
 * @param averageDecay decay of the moving average of the weights; 0 for no average
 * @param averageStart share of all steps after which the average begins, 0 to below 1
 * @param initialisation first values of linear layers
 * @param freezeEncoder whether only the task head learns
 * @param pretrained checkpoint whose matching weights are taken over
 * @param augmentation variations of the training windows
 * @param selectBy figure by which the best epoch is chosen
 * @param patience epochs without a better one after which training ends; 0 for never
 * @param calibration what the decision is tuned for
 * @param logitBias biases of the card's decision, one a class; empty for none or for tuned ones
 * @param thresholds of the card's decision when windows have several labels, one a label or one for
 *     all; empty to tune them on validation
 * @param minimumProbability of the card's decision
 * @param votes of the card's decision
 * @param device where
 * @param precision of the forward passes while training
 * @param dropout whether there is any while training
 * @param seed of first values, order, augmentation and dropout
 * @param resume whether to go on from the last state in the output directory
 * @param saveEverySteps steps between states within an epoch; 0 for the ends of epochs only
 * @param workers threads that prepare batches, at least 1
 * @param showProgress whether somebody looks at a progress bar
 * @param configuration the options by the name of their flag, for the record
 */
public record FinetuneOptions(
    Path outputDirectory,
    int batchSize,
    int epochs,
    RateSchedule schedule,
    double weightDecay,
    boolean decayMatricesOnly,
    double firstBeta,
    double secondBeta,
    double gradientClip,
    Objective objective,
    SamplingOptions sampling,
    double averageDecay,
    double averageStart,
    Initialisation initialisation,
    boolean freezeEncoder,
    Optional<Path> pretrained,
    AugmentationOptions augmentation,
    SelectionFigure selectBy,
    int patience,
    CalibrationGoal calibration,
    List<Double> logitBias,
    List<Double> thresholds,
    double minimumProbability,
    int votes,
    TrainingDevice device,
    Precision precision,
    boolean dropout,
    long seed,
    boolean resume,
    int saveEverySteps,
    int workers,
    boolean showProgress,
    Map<String, Object> configuration) {

  public FinetuneOptions {
    OptionLimits.requireAtLeast("batch_size", batchSize, 1);
    OptionLimits.requireAtLeast("epochs", epochs, 1);
    OptionLimits.requireAtLeast("weight_decay", weightDecay, 0);
    OptionLimits.requireAtLeast("grad_clip", gradientClip, 0);
    OptionLimits.requireAtLeast("patience", patience, 0);
    OptionLimits.requireAtLeast("num_workers", workers, 1);
    OptionLimits.requireAtLeast("save_steps", saveEverySteps, 0);
    requireFraction("ema", averageDecay);
    requireFraction("ema_start", averageStart);
    requireFraction("beta1", firstBeta);
    requireFraction("beta2", secondBeta);
    logitBias = List.copyOf(logitBias);
    thresholds = List.copyOf(thresholds);
    if (!logitBias.isEmpty() && calibration != CalibrationGoal.NONE) {
      throw new IllegalArgumentException(
          "logit_bias is given and calibrate is " + calibration + "; expected one of them");
    }
    configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
  }

  /**
   * Refuses a decision that cannot be taken with the model's answers, before hours of training.
   *
   * @throws IllegalArgumentException naming the option
   */
  void requireDecisionFor(List<OutputTask> tasks) {
    if (tasks.size() > 1) {
      requireNoDecision();
      return;
    }
    Task task = tasks.get(0).task();
    int classes = tasks.get(0).outputs();
    boolean several = task == Task.MULTILABEL;
    requireOneEach("logit_bias", logitBias, several ? 0 : classes, task);
    if (thresholds.size() != 1 || !several) {
      requireOneEach("thresholds", thresholds, several ? classes : 0, task);
    }
    if (several && calibration != CalibrationGoal.NONE) {
      throw new IllegalArgumentException(
          "calibrate is " + calibration + " for task multilabel; expected none");
    }
    for (double threshold : thresholds) {
      if (!(threshold > 0 && threshold < 1)) {
        throw new IllegalArgumentException(
            "thresholds holds " + threshold + "; expected more than 0 and less than 1");
      }
    }
  }

  private void requireNoDecision() {
    if (!logitBias.isEmpty() || !thresholds.isEmpty() || calibration != CalibrationGoal.NONE) {
      throw new IllegalArgumentException(
          "logit_bias, thresholds or calibrate is given with several tasks; expected none of them:"
              + " thresholds of multilabel tasks are tuned on validation");
    }
  }

  private static void requireOneEach(String option, List<Double> values, int expected, Task task) {
    if (!values.isEmpty() && values.size() != expected) {
      throw new IllegalArgumentException(
          option
              + " has "
              + values.size()
              + " values; expected "
              + (expected == 0 ? "none" : "one for each of " + expected)
              + " with task "
              + task.publishedName());
    }
  }

  private static void requireFraction(String option, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(option + " is " + value + "; expected 0 to below 1");
    }
  }
}
