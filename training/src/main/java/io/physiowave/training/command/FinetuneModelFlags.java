package io.physiowave.training.command;

import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.dataset.WindowFile;
import io.physiowave.training.dataset.WindowLabelling;
import io.physiowave.training.dataset.WindowLabels;
import io.physiowave.training.dataset.WindowLayout;
import io.physiowave.training.finetune.NormalisationChoice;
import io.physiowave.training.finetune.TrainingParts;
import io.physiowave.training.model.HeadConfig;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.Task;
import io.physiowave.training.run.OptionLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The flags of the model that a fine-tuning trains: its sizes, its task and its head. */
final class FinetuneModelFlags {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

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

  NormalisationChoice normalisation() {
    return normalisation;
  }

  double normalisationScale() {
    return normalisationScale;
  }

  /** The labels that the task takes from files. */
  WindowLabelling labelling(int classes) {
    return WindowLabelling.forTask(Task.ofPublishedName(task), classes);
  }

  /**
   * The classes by name, or by number where nothing names them.
   *
   * @param dataset what stands beside the training file
   * @throws ParameterException when nothing tells how many there are
   */
  List<String> labels(Optional<DatasetDescription> dataset, Path trainingFile) throws IOException {
    int classes = classes(dataset, trainingFile);
    return dataset
        .map(DatasetDescription::labels)
        .filter(names -> names.size() == classes)
        .orElseGet(() -> IntStream.range(0, classes).mapToObj(String::valueOf).toList());
  }

  private int classes(Optional<DatasetDescription> dataset, Path trainingFile) throws IOException {
    if (numClasses != null) {
      OptionLimits.requireAtLeast("num_classes", numClasses, 1);
      return numClasses;
    }
    if (dataset.isEmpty()) {
      try (WindowFile file = WindowFile.open(trainingFile)) {
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
                    command.commandLine(),
                    "--num_classes is missing and no "
                        + DatasetDescription.FILE_NAME
                        + " stands beside the training file"));
  }

  /** How the rows and samples of the files are read. */
  WindowLayout layout(Optional<DatasetDescription> dataset, TrainingParts parts) {
    if (dataset.isPresent() && inChannels == null && contextValues == null) {
      return WindowLayout.of(dataset.get());
    }
    int channels = inChannels == null ? 8 : inChannels;
    int context = contextValues == null ? 0 : contextValues;
    int margin = dataset.map(DatasetDescription::marginSamples).orElse(0);
    int samples = parts.train().windows().samples() - 2 * margin;
    return new WindowLayout(channels, context, samples, margin);
  }

  /**
   * The model's configuration.
   *
   * @param statistics floor of the channel statistics; 0 for none
   */
  ModelConfig config(WindowLayout layout, int classes, double statistics, TrainingParts parts)
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
        .channelStatistics(statistics)
        .normalisation(normalisation.over(parts.train().windows(), layout, normalisationScale))
        .build();
  }

  /**
   * The head of a fusion.
   *
   * @param widest of the encoders' embeddings
   */
  HeadConfig head(int classes, int widest) {
    return HeadConfig.withoutContext(
        Task.ofPublishedName(task),
        classes,
        head.hiddenWidth(widest),
        head.dropout(),
        head.pooling());
  }
}
