package io.physiowave.training.command;

import io.physiowave.training.dataset.AugmentationOptions;
import io.physiowave.training.dataset.BatchAssembler;
import io.physiowave.training.dataset.WindowLayout;
import io.physiowave.training.finetune.DiscriminantFit;
import io.physiowave.training.finetune.DiscriminantOptions;
import io.physiowave.training.finetune.FinetuneData;
import io.physiowave.training.finetune.FinetuneOptions;
import io.physiowave.training.finetune.SignalLearner;
import io.physiowave.training.finetune.TrainingParts;
import io.physiowave.training.measure.OutputTask;
import io.physiowave.training.model.ModelConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** What a fine-tuning of one task on one signal needs, made of flags and files. */
final class SignalSetup {
  private SignalSetup() {}

  /**
   * The setup.
   *
   * @param labels classes by name
   * @param parts opened; closed by the setup
   * @param discriminant how the discriminant of a model that reads channel statistics is fitted
   */
  static FinetuneSetup of(
      FinetuneOptions options,
      ModelConfig config,
      List<String> labels,
      WindowLayout layout,
      TrainingParts parts,
      DiscriminantOptions discriminant,
      Consumer<String> log)
      throws IOException {
    FinetuneData data =
        FinetuneData.of(parts, labels.size(), layout, options.augmentation(), options.seed());
    FinetuneSetup.Completion completion =
        config.channelStatistics() > 0
            ? best -> discriminate(best, parts, config, layout, discriminant, log)
            : FinetuneSetup.Completion.NONE;
    return new FinetuneSetup(
        new SignalLearner(options, config, log),
        data,
        List.of(parts),
        completion,
        List.of(OutputTask.only(config.task(), labels)));
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
}
