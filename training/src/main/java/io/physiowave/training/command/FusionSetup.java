package io.physiowave.training.command;

import io.physiowave.training.checkpoint.Checkpoint;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.checkpoint.FusedCheckpoint;
import io.physiowave.training.checkpoint.PretrainingRun;
import io.physiowave.training.checkpoint.PretrainingRunJson;
import io.physiowave.training.dataset.AugmentationOptions;
import io.physiowave.training.dataset.BatchAssembler;
import io.physiowave.training.dataset.BatchSource;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.dataset.DatasetDescriptionJson;
import io.physiowave.training.dataset.RandomSeeds;
import io.physiowave.training.dataset.SignalBatches;
import io.physiowave.training.dataset.WindowLayout;
import io.physiowave.training.finetune.FinetuneData;
import io.physiowave.training.finetune.FinetuneOptions;
import io.physiowave.training.finetune.FusionLearner;
import io.physiowave.training.finetune.NormalisationChoice;
import io.physiowave.training.finetune.TrainingParts;
import io.physiowave.training.fusion.FusionNetwork;
import io.physiowave.training.measure.OutputTask;
import io.physiowave.training.model.HeadConfig;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.Task;
import io.physiowave.training.model.WeightTensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens the checkpoints and files of several signals for one fused model. */
final class FusionSetup {
  private static final String HEADS = "task_heads.";
  private static final String RECONSTRUCTION = HEADS + "pretrain.";

  private final Map<String, FusedCheckpoint.Signal> signals = new LinkedHashMap<>();
  private final Map<String, ModelWeights> weights = new LinkedHashMap<>();
  private final Map<String, byte[]> descriptions = new LinkedHashMap<>();
  private final List<PretrainingRun> pretraining = new ArrayList<>();
  private final Map<String, WindowLayout> layouts = new LinkedHashMap<>();
  private final Map<String, TrainingParts> parts = new LinkedHashMap<>();
  private final int classes;
  private final FinetuneOptions options;

  /**
   * Begins without a signal.
   *
   * @param classes number of classes or labels
   */
  FusionSetup(int classes, FinetuneOptions options) {
    this.classes = classes;
    this.options = options;
    if (options.augmentation().mixup() > 0) {
      throw new IllegalArgumentException(
          "mixup is "
              + options.augmentation().mixup()
              + " with several signals, which would be mixed apart; expected 0");
    }
  }

  /**
   * Adds a signal.
   *
   * @param checkpoint of its pretrained or fine-tuned encoder
   * @param opened its files; closed by the setup
   * @param description beside its training files, if there is one
   */
  void add(
      String name,
      Path checkpoint,
      TrainingParts opened,
      Optional<DatasetDescription> description,
      NormalisationChoice normalisation,
      double scale)
      throws IOException {
    parts.put(name, opened);
    Checkpoint read = CheckpointFile.read(checkpoint);
    if (read.config().contextValues() > 0) {
      throw new IOException(
          checkpoint
              + ": the encoder's head reads "
              + read.config().contextValues()
              + " context values; a fused model has none");
    }
    int margin = description.map(DatasetDescription::marginSamples).orElse(0);
    int samples = opened.train().windows().samples() - 2 * margin;
    WindowLayout layout = new WindowLayout(read.config().inChannels(), 0, samples, margin);
    layout.requireFit(opened.train().windows());
    ModelConfig config = read.config().toBuilder().task(Task.PRETRAIN).build();
    if (normalisation != NormalisationChoice.NONE) {
      config =
          config.toBuilder()
              .normalisation(normalisation.over(opened.train().windows(), layout, scale))
              .build();
    }
    config.tokens(samples);
    signals.put(name, new FusedCheckpoint.Signal(config, samples));
    weights.put(name, encoder(read.weights()));
    layouts.put(name, layout);
    Optional<PretrainingRun> run = PretrainingRunJson.read(read.sections(), checkpoint);
    if (run.isPresent()) {
      pretraining.add(run.get());
      descriptions.put(
          FusedCheckpoint.pretrainingSection(name), PretrainingRunJson.write(run.get()));
    }
    if (description.isPresent()) {
      descriptions.put(
          FusedCheckpoint.datasetSection(name),
          DatasetDescriptionJson.write(description.get()).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** All but the heads of an earlier task. */
  private static ModelWeights encoder(ModelWeights all) {
    Map<String, WeightTensor> own = new LinkedHashMap<>(all.tensors());
    own.keySet().removeIf(name -> name.startsWith(HEADS) && !name.startsWith(RECONSTRUCTION));
    return ModelWeights.of(own);
  }

  /** The widest encoder's features, for the width of the heads when none is given. */
  int widest() {
    return signals.values().stream().mapToInt(signal -> signal.config().embedDim()).max().orElse(1);
  }

  /**
   * The setup of all signals added.
   *
   * @param head put on each
   * @param labels class names in order
   */
  FinetuneSetup with(HeadConfig head, List<String> labels) throws IOException {
    FinetuneData data =
        new FinetuneData(
            source(TrainingParts::train, options.augmentation()),
            source(TrainingParts::validation, AugmentationOptions.NONE),
            parts.values().stream().allMatch(part -> part.test().isPresent())
                ? Optional.of(source(part -> part.test().orElseThrow(), AugmentationOptions.NONE))
                : Optional.empty());
    FusionNetwork network =
        new FusionNetwork(signals, weights, head, options.device(), options.seed());
    return new FinetuneSetup(
        new FusionLearner(network, descriptions, pretraining),
        data,
        List.copyOf(parts.values()),
        FinetuneSetup.Completion.NONE,
        List.of(OutputTask.only(head.task(), labels)));
  }

  /** Which part of a signal's files. */
  private interface Choice {
    TrainingParts.Part of(TrainingParts parts);
  }

  private BatchSource source(Choice choice, AugmentationOptions varied) throws IOException {
    Map<String, BatchAssembler> sources = new LinkedHashMap<>();
    for (Map.Entry<String, TrainingParts> signal : parts.entrySet()) {
      TrainingParts.Part part = choice.of(signal.getValue());
      sources.put(
          signal.getKey(),
          new BatchAssembler(
              part.windows(),
              part.labels(),
              classes,
              layouts.get(signal.getKey()),
              varied,
              RandomSeeds.derive(options.seed(), sources.size())));
    }
    return new SignalBatches(sources);
  }

  /** Closes the files when no setup came about. */
  void abandon() throws IOException {
    for (TrainingParts part : new ArrayList<>(parts.values())) {
      part.close();
    }
  }
}
