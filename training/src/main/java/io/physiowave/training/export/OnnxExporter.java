package io.physiowave.training.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.physiowave.training.model.HeadConfig;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.MultiTaskConfig;
import io.physiowave.training.model.MultiTaskModel;
import io.physiowave.training.model.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes PhysioWave models as ONNX.
 *
 * <p>Inputs are raw windows {@code [batch, inputRows, time]} float32 in the card's unit, and
 * outputs are float32, whatever the precision in between. Normalisation is inside; dropout and
 * everything that only training needs is gone; the batch is dynamic.
 */
public final class OnnxExporter {
  /** Opset of the standard domain. */
  public static final int OPSET = 21;

  /** What the name of the logits of one of several tasks ends with. */
  public static final String LOGITS = "_logits";

  /** Name of the input of a model with one signal. */
  public static final String WINDOW = "window";

  /** ONNX file format version that belongs to the opset. */
  private static final int IR_VERSION = 10;

  private final GraphStyle style;
  private final Map<String, String> metadata;

  /** Chooses how graphs are written. */
  public OnnxExporter(GraphStyle style) {
    this(style, Map.of());
  }

  private OnnxExporter(GraphStyle style, Map<String, String> metadata) {
    this.style = style;
    this.metadata = Map.copyOf(metadata);
  }

  /**
   * The same with an entry in the metadata of what it writes.
   *
   * @param key e.g. {@link io.physiowave.core.card.ModelCard#METADATA_KEY}
   */
  public OnnxExporter with(String key, String value) {
    return new OnnxExporter(style, Map.of(key, value));
  }

  /**
   * A model with its task head: {@code probabilities} and {@code logits} {@code [batch, classes]},
   * {@code embedding} {@code [batch, embed_dim]}, the pooled token features that the head reads.
   *
   * @param time samples per window, at least a patch
   * @throws IllegalArgumentException when a parameter is missing, or the model has no task head
   *     that answers with logits
   */
  public byte[] classifier(ModelConfig config, ModelWeights weights, int time) {
    if (config.task() == Task.PRETRAIN) {
      throw new IllegalArgumentException(
          "the model has no task head (task is pretrain); fine-tune it before exporting, or export"
              + " its encoder");
    }
    if (config.task() == Task.CONTRASTIVE) {
      throw new IllegalArgumentException(
          "the model's head is a projection for contrastive training; export its encoder");
    }
    OnnxGraph graph = new OnnxGraph("physiowave");
    String input = graph.input(WINDOW, -1, config.inputRows(), time);
    SignalGraph signal = new SignalGraph(graph, config, weights, time, style);
    String embedding = signal.pool(signal.features(input), config.pooling());
    String context =
        config.contextValues() > 0 ? HeadGraph.context(graph, input, config, time) : null;
    String prefix = "task_heads." + config.task().publishedName();
    String logits =
        new HeadGraph(graph, signal.weights(), HeadConfig.of(config), prefix)
            .logits(embedding, context);
    if (config.channelStatistics() > 0) {
      StatisticsGraph statistics = new StatisticsGraph(graph, signal.weights(), config);
      logits = graph.add(logits, statistics.scores(signal.signal(input), time));
    }
    decision(graph, logits, config.task(), config.numClasses());
    graph.output(embedding, "embedding", -1, config.embedDim());
    return bytes(graph);
  }

  /**
   * An encoder without a head: {@code embedding} {@code [batch, embed_dim]}, pooled as the
   * configuration says, and {@code features} {@code [batch, tokens, embed_dim]}.
   *
   * @param time samples per window, at least a patch
   * @throws IllegalArgumentException when a parameter is missing
   */
  public byte[] encoder(ModelConfig config, ModelWeights weights, int time) {
    OnnxGraph graph = new OnnxGraph("physiowave-encoder");
    String input = graph.input(WINDOW, -1, config.inputRows(), time);
    SignalGraph signal = new SignalGraph(graph, config, weights, time, style);
    String features = signal.features(input);
    String embedding = signal.pool(features, config.pooling());
    graph.output(embedding, "embedding", -1, config.embedDim());
    graph.output(features, "features", -1, config.tokens(time), config.embedDim());
    return bytes(graph);
  }

  /**
   * A fusion of several signals: one input a signal under its name, {@code probabilities} and
   * {@code logits} {@code [batch, classes]}, and {@code embedding} {@code [batch, sum of
   * embed_dim]}, the signals' pooled features side by side. All signals must be there.
   *
   * @throws IllegalArgumentException when a parameter is missing
   */
  public byte[] fusion(FusionParts parts) {
    OnnxGraph graph = new OnnxGraph("physiowave-fusion");
    GraphWeights fusionWeights = new GraphWeights(graph, parts.weights(), style);
    Map<String, Float> shares = parts.shares();
    List<String> embeddings = new ArrayList<>();
    String mixed = null;
    for (Map.Entry<String, FusionParts.Signal> entry : parts.signals().entrySet()) {
      String name = entry.getKey();
      FusionParts.Signal part = entry.getValue();
      String input = graph.input(name, -1, part.config().inputRows(), part.time());
      SignalGraph signal =
          new SignalGraph(graph, part.config(), part.weights(), part.time(), style);
      String embedding = signal.pool(signal.features(input), parts.head().pooling());
      String logits =
          new HeadGraph(graph, fusionWeights, parts.head(), "heads." + name)
              .logits(embedding, null);
      String weighed = graph.multiply(logits, graph.scalar(shares.get(name)));
      mixed = mixed == null ? weighed : graph.add(mixed, weighed);
      embeddings.add(embedding);
    }
    decision(graph, mixed, parts.head().task(), parts.head().outputs());
    graph.output(
        graph.concatenate(1, embeddings.toArray(String[]::new)),
        "embedding",
        -1,
        parts.embeddingWidth());
    return bytes(graph);
  }

  /**
   * One encoder with a head for each of several tasks: {@code NAME_probabilities} and {@code
   * NAME_logits} {@code [batch, outputs]} of each task, and {@code embedding} {@code [batch,
   * embed_dim]}.
   *
   * @param config of the encoder
   * @param weights under the names of {@link MultiTaskModel}
   * @param time samples per window, at least a patch
   * @throws IllegalArgumentException when a parameter is missing
   */
  public byte[] tasks(ModelConfig config, MultiTaskConfig tasks, ModelWeights weights, int time) {
    OnnxGraph graph = new OnnxGraph("physiowave-tasks");
    String input = graph.input(WINDOW, -1, config.inputRows(), time);
    ModelWeights encoder = weights.behind(MultiTaskModel.ENCODER);
    SignalGraph signal = new SignalGraph(graph, config, encoder, time, style);
    String features = signal.features(input);
    GraphWeights heads = new GraphWeights(graph, weights.behind(MultiTaskModel.HEADS), style);
    int width = tasks.sharedDim() == 0 ? config.embedDim() : tasks.sharedDim();
    String common =
        tasks.sharedDim() == 0 ? features : shared(graph, heads, features, config, width, time);
    tasks
        .tasks()
        .forEach(
            (name, head) -> {
              String logits =
                  new HeadGraph(graph, heads, head, "task_heads." + name)
                      .logits(signal.pool(common, head.pooling(), width), null);
              String probabilities = HeadGraph.probabilities(graph, logits, head.task());
              graph.output(probabilities, name + "_probabilities", -1, head.outputs());
              graph.output(logits, name + LOGITS, -1, head.outputs());
            });
    graph.output(signal.pool(features, config.pooling()), "embedding", -1, config.embedDim());
    return bytes(graph);
  }

  /** The layer that all tasks share, on every token. */
  private static String shared(
      OnnxGraph graph,
      GraphWeights heads,
      String features,
      ModelConfig config,
      int width,
      int time) {
    String normalised = heads.layerNorm(features, "shared_transform.0");
    String rows = graph.reshape(normalised, -1, config.embedDim());
    String hidden = graph.gelu(heads.linear(rows, "shared_transform.1"));
    return graph.reshape(hidden, -1, config.tokens(time), width);
  }

  private static void decision(OnnxGraph graph, String logits, Task task, int classes) {
    graph.output(HeadGraph.probabilities(graph, logits, task), "probabilities", -1, classes);
    graph.output(logits, "logits", -1, classes);
  }

  private byte[] bytes(OnnxGraph graph) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("PhysioWave Stream")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setGraph(
                style.precision() == Precision.FP16
                    ? HalfPrecision.applied(graph.build(), graph.reducibleNodes())
                    : graph.build());
    if (style.fused()) {
      model.addOpsetImport(
          OperatorSetIdProto.newBuilder().setDomain(OnnxGraph.MICROSOFT).setVersion(1));
    }
    metadata.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build().toByteArray();
  }
}
