package io.physiowave.training.pretrain;

import io.physiowave.training.dataset.AugmentationOptions;
import io.physiowave.training.run.OptionLimits;
import io.physiowave.training.run.Precision;
import io.physiowave.training.run.TrainingDevice;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How an encoder is pretrained.
 *
 * @param outputDirectory where everything is written
 * @param maximumLength samples of a window; longer ones are cut, shorter ones filled with zeros
 * @param batchSize windows of a batch, at least 1
 * @param epochs passes over the training windows, at least 1
 * @param learningRate highest rate
 * @param warmUpEpochs epochs of linear rise
 * @param cosine whether the rate falls along a cosine after the rise; otherwise it stays the same
 *     from the first step on
 * @param weightDecay of AdamW, 0 or more
 * @param gradientClip largest norm of the gradients; 0 for no limit
 * @param accumulation batches whose gradients make one step, at least 1
 * @param maskRatio share of the tokens that are hidden, 0 to 1
 * @param fixedTarget whether the loss leaves what is to be predicted alone; the published one also
 *     moves the wavelet filters that make it
 * @param augmentation variations of the training windows
 * @param randomCrop whether a longer window is cut at a random place rather than in its middle
 * @param shuffleBuffer windows among which the order is random, at least 1
 * @param device where
 * @param precision of the forward passes while training
 * @param dropout whether there is any while training
 * @param seed of first values, order, augmentation, masks and dropout
 * @param resume whether to go on from the last state in the output directory
 * @param saveEverySteps optimizer steps between states within an epoch; 0 for ends of epochs only
 * @param keepEveryEpochs epochs between checkpoints that are kept
 * @param workers threads that prepare batches, at least 1
 * @param showProgress whether somebody looks at a progress bar
 * @param configuration the options by the name of their flag, for the record
 */
public record PretrainOptions(
    Path outputDirectory,
    int maximumLength,
    int batchSize,
    int epochs,
    double learningRate,
    int warmUpEpochs,
    boolean cosine,
    double weightDecay,
    double gradientClip,
    int accumulation,
    double maskRatio,
    boolean fixedTarget,
    AugmentationOptions augmentation,
    boolean randomCrop,
    int shuffleBuffer,
    TrainingDevice device,
    Precision precision,
    boolean dropout,
    long seed,
    boolean resume,
    int saveEverySteps,
    int keepEveryEpochs,
    int workers,
    boolean showProgress,
    Map<String, Object> configuration) {

  public PretrainOptions {
    OptionLimits.requireAtLeast("max_length", maximumLength, 1);
    OptionLimits.requireAtLeast("batch_size", batchSize, 1);
    OptionLimits.requireAtLeast("epochs", epochs, 1);
    OptionLimits.requireAtLeast("warmup_epochs", warmUpEpochs, 0);
    OptionLimits.requireAtLeast("weight_decay", weightDecay, 0);
    OptionLimits.requireAtLeast("grad_clip", gradientClip, 0);
    OptionLimits.requireAtLeast("grad_accumulation_steps", accumulation, 1);
    OptionLimits.requireAtLeast("shuffle_buffer", shuffleBuffer, 1);
    OptionLimits.requireAtLeast("save_steps", saveEverySteps, 0);
    OptionLimits.requireAtLeast("save_freq", keepEveryEpochs, 1);
    OptionLimits.requireAtLeast("num_workers", workers, 1);
    if (!(learningRate > 0)) {
      throw new IllegalArgumentException("lr is " + learningRate + "; expected more than 0");
    }
    if (!(maskRatio > 0 && maskRatio <= 1)) {
      throw new IllegalArgumentException(
          "mask_ratio is " + maskRatio + "; expected more than 0 and at most 1");
    }
    configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
  }
}
