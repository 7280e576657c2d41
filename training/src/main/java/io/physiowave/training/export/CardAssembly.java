package io.physiowave.training.export;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.EpisodeRules;
import io.physiowave.core.card.Evaluation;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelCardJson;
import io.physiowave.core.card.Provenance;
import io.physiowave.training.checkpoint.PretrainingRun;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.finetune.TrainingRun;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelConfigJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts together what a training run knows of its model into the card that the job reads. */
public final class CardAssembly {
  private final String name;
  private final String version;
  private final EpisodeRules episodes;
  private final Map<String, String> labelNames;

  /**
   * Names the model to be.
   *
   * @param name the model's name, e.g. {@code ecg-beats}
   * @param version the model's version
   */
  public CardAssembly(String name, String version) {
    this(name, version, EpisodeRules.OPEN, Map.of());
  }

  /**
   * The same with what the author says of episodes and labels.
   *
   * @param episodes for a model that classifies; {@link EpisodeRules#OPEN} says nothing
   * @param labelNames what people call each label, by label; empty for what the data set says
   */
  public CardAssembly(
      String name, String version, EpisodeRules episodes, Map<String, String> labelNames) {
    this.name = name;
    this.version = version;
    this.episodes = episodes;
    this.labelNames = Map.copyOf(labelNames);
  }

  /**
   * The card of one trained model.
   *
   * @param run where the weights come from; must describe its data set
   * @throws IllegalArgumentException when the run does not describe its data, or the model's input
   *     does not fit the data
   */
  public ModelCard assemble(ModelConfig config, TrainingRun run, ExportFacts facts) {
    DatasetDescription dataset = dataset(run);
    boolean decides = facts.kind() != ExportKind.ENCODER;
    requireFit("in_channels", config.inChannels(), dataset.channels().size());
    requireFit("context_values", config.contextValues(), dataset.contextValues());
    if (decides) {
      requireFit("num_classes", config.numClasses(), dataset.labels().size());
    }
    List<Evaluation> evaluations = new ArrayList<>(decides ? run.evaluations() : List.of());
    evaluations.addAll(facts.comparison());
    return new ModelCard(
        ModelCard.SCHEMA,
        name,
        version,
        decides ? dataset.task() : ModelCard.ENCODING,
        dataset.modality(),
        decides ? dataset.labels() : List.of(),
        decides ? names(dataset) : Map.of(),
        dataset.channels(),
        dataset.unit(),
        dataset.sampleRateHz(),
        dataset.windowing(),
        dataset.filters(),
        ModelConfigJson.normalisation(config),
        decides ? decision(run) : Decision.ARG_MAX,
        OnnxExporter.OPSET,
        facts.largestDifference(),
        provenance(run, facts, Optional.of(dataset)),
        evaluations);
  }

  private Map<String, String> names(DatasetDescription dataset) {
    return labelNames.isEmpty() ? dataset.labelNames() : labelNames;
  }

  private Decision decision(TrainingRun run) {
    return episodes.equals(EpisodeRules.OPEN) ? run.decision() : run.decision().with(episodes);
  }

  /** The card in text; arguments as {@link #assemble}. */
  public ModelExport.CardEntry entry(ModelConfig config, TrainingRun run, ExportFacts facts) {
    ModelCard card = assemble(config, run, facts);
    return new ModelExport.CardEntry(
        ModelCard.METADATA_KEY, ModelCardJson.write(card), ModelCardJson.writeIndented(card));
  }

  /**
   * The card of a fusion, in text.
   *
   * @param datasets of the signals, as far as they are described
   */
  public ModelExport.CardEntry fusionEntry(
      FusionParts parts,
      Map<String, DatasetDescription> datasets,
      TrainingRun run,
      ExportFacts facts) {
    List<FusionCard.Signal> signals = new ArrayList<>();
    Map<String, Float> shares = parts.shares();
    parts
        .signals()
        .forEach(
            (signal, part) ->
                signals.add(
                    FusionCard.Signal.of(
                        signal,
                        shares.get(signal),
                        part,
                        Optional.ofNullable(datasets.get(signal)))));
    List<Evaluation> evaluations = new ArrayList<>(run.evaluations());
    evaluations.addAll(facts.comparison());
    return new FusionCard(
            ModelCard.SCHEMA,
            name,
            version,
            run.labels(),
            signals,
            run.decision(),
            OnnxExporter.OPSET,
            facts.largestDifference(),
            provenance(run, facts, Optional.empty()),
            evaluations)
        .entry();
  }

  /**
   * The card of a model of several tasks, in text.
   *
   * @param samples of a window
   */
  public ModelExport.CardEntry tasksEntry(
      ModelConfig config, int samples, TrainingRun run, ExportFacts facts) {
    List<Evaluation> evaluations = new ArrayList<>(run.evaluations());
    evaluations.addAll(facts.comparison());
    return new TasksCard(
            ModelCard.SCHEMA,
            name,
            version,
            run.tasks().stream().map(task -> TasksCard.Task.of(task, facts.differences())).toList(),
            TasksCard.Input.of(config, samples, run.description()),
            OnnxExporter.OPSET,
            facts.largestDifference(),
            provenance(run, facts, run.description()),
            evaluations)
        .entry();
  }

  /** Samples of the windows that a run's model reads. */
  public int windowSamples(TrainingRun run) {
    return dataset(run).windowing().windowSamples();
  }

  private static DatasetDescription dataset(TrainingRun run) {
    return run.description()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the training run does not describe its data; a card needs the "
                        + DatasetDescription.FILE_NAME
                        + " that 'prepare' writes beside the HDF5 files"));
  }

  private static void requireFit(String field, int model, int data) {
    if (model != data) {
      throw new IllegalArgumentException(
          "the model's " + field + " is " + model + " but its data set has " + data);
    }
  }

  private static Provenance provenance(
      TrainingRun run, ExportFacts facts, Optional<DatasetDescription> dataset) {
    Map<String, Object> configuration = new LinkedHashMap<>();
    run.configuration().forEach((flag, value) -> configuration.put(flag, withoutFolders(value)));
    Map<String, Object> preparation = new LinkedHashMap<>();
    dataset.ifPresent(
        data ->
            data.options().forEach((flag, value) -> preparation.put(flag, withoutFolders(value))));
    configuration.put("prepare", preparation);
    configuration.put("export", facts.configuration());
    configuration.put("epoch", run.epoch());
    configuration.put("selected_by", run.selectedBy());
    configuration.put("parameters", run.parameters());
    if (!run.pretraining().isEmpty()) {
      configuration.put(
          PretrainingEntry.KEY,
          run.pretraining().stream().map(CardAssembly::withoutFoldersOf).toList());
    }
    String source = dataset.map(data -> data.source().id() + ", ").orElse("");
    String licence = dataset.map(data -> data.source().licence()).orElse("");
    Stream<Provenance.DataSet> own =
        run.dataFiles().entrySet().stream()
            .map(
                file ->
                    new Provenance.DataSet(
                        source + fileName(file.getKey()), licence, file.getValue()))
            .sorted(Comparator.comparing(Provenance.DataSet::id));
    Stream<Provenance.DataSet> before =
        run.pretraining().stream().flatMap(PretrainingEntry::dataSets).distinct();
    return new Provenance(
        Stream.concat(own, before).toList(),
        dataset.map(DatasetDescription::split).orElse(""),
        run.seed(),
        configuration,
        run.codeVersion(),
        run.engine(),
        run.date());
  }

  /** Folders of the machine that trained say nothing to a reader of the card. */
  private static Object withoutFolders(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(CardAssembly::withoutFolders).toList();
    }
    return value instanceof String text ? fileName(text) : value;
  }

  private static Map<String, Object> withoutFoldersOf(PretrainingRun pretraining) {
    Map<String, Object> options = new LinkedHashMap<>();
    pretraining.configuration().forEach((flag, value) -> options.put(flag, withoutFolders(value)));
    return PretrainingEntry.of(pretraining, options);
  }

  static String fileName(String path) {
    return path.replaceAll("^.*[/\\\\](?=.)", "");
  }
}
