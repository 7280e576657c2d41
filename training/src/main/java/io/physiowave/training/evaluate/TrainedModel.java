package io.physiowave.training.evaluate;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.training.checkpoint.Checkpoint;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.checkpoint.FusedCheckpoint;
import io.physiowave.training.checkpoint.FusedCheckpointFile;
import io.physiowave.training.checkpoint.MultiTaskCheckpoint;
import io.physiowave.training.checkpoint.MultiTaskCheckpointFile;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.export.FusionCard;
import io.physiowave.training.export.OnnxExporter;
import io.physiowave.training.export.OnnxModel;
import io.physiowave.training.export.TasksCard;
import io.physiowave.training.finetune.TaskRun;
import io.physiowave.training.finetune.TrainingRun;
import io.physiowave.training.finetune.TrainingRunJson;
import io.physiowave.training.fusion.FusionNetwork;
import io.physiowave.training.measure.TorchModel;
import io.physiowave.training.measure.WindowModel;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.MultiTaskConfig;
import io.physiowave.training.model.MultiTaskModel;
import io.physiowave.training.model.PhysioWaveModel;
import io.physiowave.training.model.Scopes;
import io.physiowave.training.model.Task;
import io.physiowave.training.model.Tensors;
import io.physiowave.training.run.TrainingDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A model opened for evaluation, whichever engine runs it, with what its card or its training run
 * says about labels and decision. Close it after use.
 *
 * @param engine {@code onnxruntime} or {@code libtorch}
 * @param model answers windows
 * @param inputs the signals it reads, by name in order; one without a name for a model on one
 *     signal
 * @param classes outputs
 * @param labels class names in order; empty when unknown
 * @param labelNames what people call each label, by label; empty when labels speak for themselves
 * @param decision how the answers become a label
 * @param severalLabels whether a window may have several labels, as far as the model tells
 * @param tasks the tasks in the order of the outputs, when it has several; else empty, and the
 *     labels and the decision are those of the only one
 * @param card what an exported model of one task says of itself; empty for any other
 * @param resource what {@link #close} closes
 */
public record TrainedModel(
    String engine,
    WindowModel model,
    Map<String, Input> inputs,
    int classes,
    List<String> labels,
    Map<String, String> labelNames,
    Decision decision,
    boolean severalLabels,
    List<TaskRun> tasks,
    Optional<ModelCard> card,
    AutoCloseable resource)
    implements AutoCloseable {

  /** The name of the only signal of a model on one. */
  public static final String ONLY = "";

  /**
   * One signal.
   *
   * @param rows of a window
   * @param samples of a window; empty when any will do
   */
  public record Input(int rows, Optional<Integer> samples) {}

  /**
   * Opens a model.
   *
   * @param file an ONNX file, by its ending, or a checkpoint
   * @param device for a checkpoint; ONNX Runtime runs on the CPU here
   * @param threads of ONNX Runtime, at least 1
   * @throws IOException when it cannot be read or is no such model
   */
  public static TrainedModel open(Path file, TrainingDevice device, int threads)
      throws IOException {
    if (file.toString().endsWith(".onnx")) {
      return onnx(file, threads);
    }
    if (MultiTaskCheckpointFile.isOne(file)) {
      return multiTask(file, device);
    }
    return FusedCheckpointFile.isOne(file) ? fused(file, device) : checkpoint(file, device);
  }

  private static TrainedModel onnx(Path file, int threads) throws IOException {
    OnnxModel model = OnnxModel.load(file, threads);
    Optional<ModelCard> card = model.card();
    Optional<String> several = model.metadata(ModelCard.TASKS_METADATA_KEY);
    List<TaskRun> tasks =
        several.isPresent() ? TasksCard.tasks(several.get(), file.toString()) : List.of();
    List<String> outputs =
        tasks.isEmpty()
            ? List.of("logits")
            : tasks.stream().map(task -> task.name() + OnnxExporter.LOGITS).toList();
    requireFixed(model, file);
    Optional<FusionCard> fusion = fusionCard(model, file);
    int classes = 0;
    for (String output : outputs) {
      classes += model.width(output);
    }
    List<String> labels =
        card.map(ModelCard::labels).or(() -> fusion.map(FusionCard::labels)).orElse(List.of());
    if (!labels.isEmpty() && labels.size() != classes) {
      model.close();
      throw new IOException(
          file + ": the card names the labels " + labels + ", but the model gives " + classes);
    }
    return new TrainedModel(
        "onnxruntime",
        new OnnxWindowModel(model, outputs),
        inputs(model),
        classes,
        labels,
        card.map(ModelCard::labelNames).orElse(Map.of()),
        card.map(ModelCard::decision)
            .or(() -> fusion.map(FusionCard::decision))
            .orElse(Decision.ARG_MAX),
        card.map(TrainedModel::givesSeveral)
            .or(() -> fusion.map(told -> !told.decision().thresholds().isEmpty()))
            .orElse(false),
        tasks,
        card,
        model);
  }

  /** The signals that an exported model reads, by name in order. */
  public static Map<String, Input> inputs(OnnxModel model) {
    Map<String, Input> inputs = new LinkedHashMap<>();
    model
        .inputs()
        .forEach(
            (name, shape) ->
                inputs.put(name, new Input((int) shape[1], Optional.of((int) shape[2]))));
    return inputs.size() == 1 ? Map.of(ONLY, inputs.values().iterator().next()) : inputs;
  }

  private static void requireFixed(OnnxModel model, Path file) throws IOException {
    for (Map.Entry<String, long[]> input : model.inputs().entrySet()) {
      if (input.getValue()[1] < 1 || input.getValue()[2] < 1) {
        model.close();
        throw new IOException(
            file
                + ": input '"
                + input.getKey()
                + "' leaves its channels or samples open; expected [batch, channel, time] with only"
                + " the batch open");
      }
    }
  }

  private static Optional<FusionCard> fusionCard(OnnxModel model, Path file) throws IOException {
    Optional<String> json = model.metadata(ModelCard.FUSION_METADATA_KEY);
    return json.isPresent()
        ? Optional.of(FusionCard.read(json.get(), file.toString()))
        : Optional.empty();
  }

  private static boolean givesSeveral(ModelCard card) {
    return !card.decision().thresholds().isEmpty()
        || card.task().endsWith(Task.MULTILABEL.publishedName());
  }

  private static TrainedModel checkpoint(Path file, TrainingDevice device) throws IOException {
    Checkpoint checkpoint = CheckpointFile.read(file);
    ModelConfig config = checkpoint.config();
    if (config.task() == Task.PRETRAIN) {
      throw new IOException(
          file + ": the model has no task head (task is pretrain); fine-tune it first");
    }
    Optional<TrainingRun> run = runOf(file);
    PhysioWaveModel model =
        fitting(
            file,
            () -> {
              PhysioWaveModel made = PhysioWaveModel.create(config, 0);
              made.load(checkpoint.weights());
              return made;
            });
    model.train(false);
    model.to(device.torch());
    return new TrainedModel(
        "libtorch",
        new TorchModel(model, device),
        Map.of(
            ONLY,
            new Input(
                config.inputRows(),
                run.flatMap(TrainingRun::description)
                    .map(data -> data.windowing().windowSamples()))),
        config.numClasses(),
        run.map(TrainingRun::labels).orElse(List.of()),
        run.flatMap(TrainingRun::description).map(DatasetDescription::labelNames).orElse(Map.of()),
        run.map(TrainingRun::decision).orElse(Decision.ARG_MAX),
        config.task() == Task.MULTILABEL,
        List.of(),
        Optional.empty(),
        model);
  }

  private static TrainedModel fused(Path file, TrainingDevice device) throws IOException {
    FusedCheckpoint checkpoint = FusedCheckpointFile.read(file);
    Optional<TrainingRun> run = runOf(file);
    Map<String, Input> inputs = new LinkedHashMap<>();
    checkpoint
        .signals()
        .forEach(
            (name, signal) ->
                inputs.put(
                    name,
                    new Input(signal.config().inputRows(), Optional.of(signal.windowSamples()))));
    FusionNetwork network = fitting(file, () -> FusionNetwork.of(checkpoint, device));
    return new TrainedModel(
        "libtorch",
        (windows, batch) ->
            Scopes.freeing(
                () -> Scopes.withoutGradient(() -> Tensors.floats(network.logits(windows, batch)))),
        inputs,
        checkpoint.head().outputs(),
        run.map(TrainingRun::labels).orElse(List.of()),
        Map.of(),
        run.map(TrainingRun::decision).orElse(Decision.ARG_MAX),
        checkpoint.head().task() == Task.MULTILABEL,
        List.of(),
        Optional.empty(),
        network);
  }

  private static TrainedModel multiTask(Path file, TrainingDevice device) throws IOException {
    MultiTaskCheckpoint checkpoint = MultiTaskCheckpointFile.read(file);
    Optional<TrainingRun> run = runOf(file);
    ModelConfig config = checkpoint.config();
    MultiTaskModel model =
        fitting(
            file,
            () -> {
              MultiTaskModel made = MultiTaskModel.create(config, checkpoint.tasks(), 0);
              made.load(checkpoint.weights());
              return made;
            });
    model.train(false);
    model.to(device.torch());
    return new TrainedModel(
        "libtorch",
        (windows, batch) ->
            Scopes.freeing(
                () ->
                    Scopes.withoutGradient(
                        () ->
                            Tensors.floats(
                                model.logits(
                                    device.placeWindows(windows, batch, config.inputRows()))))),
        Map.of(
            ONLY,
            new Input(
                config.inputRows(),
                run.flatMap(TrainingRun::description)
                    .map(data -> data.windowing().windowSamples()))),
        checkpoint.tasks().outputs(),
        List.of(),
        Map.of(),
        Decision.ARG_MAX,
        false,
        run.map(TrainingRun::tasks)
            .filter(tasks -> !tasks.isEmpty())
            .orElseGet(() -> unnamed(checkpoint.tasks())),
        Optional.empty(),
        model);
  }

  /** What the checkpoint alone tells of the tasks. */
  private static List<TaskRun> unnamed(MultiTaskConfig tasks) {
    List<TaskRun> runs = new ArrayList<>();
    tasks
        .tasks()
        .forEach(
            (name, head) ->
                runs.add(
                    new TaskRun(
                        name,
                        head.task().publishedName(),
                        IntStream.range(0, head.outputs()).mapToObj(String::valueOf).toList(),
                        Decision.ARG_MAX)));
    return runs;
  }

  /** Names the file where its weights do not fit the model that it describes. */
  private static <M> M fitting(Path file, Supplier<M> making) throws IOException {
    try {
      return making.get();
    } catch (IllegalArgumentException unfit) {
      throw new IOException(file + ": " + unfit.getMessage(), unfit);
    }
  }

  private static Optional<TrainingRun> runOf(Path checkpoint) throws IOException {
    Path beside = checkpoint.toAbsolutePath().resolveSibling(TrainingRun.FILE_NAME);
    return Files.exists(beside) ? Optional.of(TrainingRunJson.read(beside)) : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    try {
      resource.close();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the model cannot be closed: " + e.getMessage(), e);
    }
  }
}
