package io.physiowave.training.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelCardJson;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.Task;
import java.util.Objects;

/**
 * Writes a PhysioWave model as ONNX.
 *
 * <p>Input {@code window} is {@code [batch, inputRows, time]} float32 in the card's unit; outputs
 * are {@code probabilities} and {@code logits} {@code [batch, classes]} and {@code embedding}
 * {@code [batch, embed_dim]}, the pooled token features. Normalisation is inside; dropout and
 * everything that only training needs is gone; the batch is dynamic.
 */
public final class OnnxExporter {
  /** Opset of the standard domain. */
  public static final int OPSET = 21;

  /** ONNX file format version that belongs to the opset. */
  private static final int IR_VERSION = 10;

  private final boolean fused;

  /**
   * Chooses the operators.
   *
   * @param fused whether attention and rotation use ONNX Runtime's own operators, faster and only
   *     understood by it, instead of the standard ones
   */
  public OnnxExporter(boolean fused) {
    this.fused = fused;
  }

  /**
   * Writes one model.
   *
   * @param time samples per window, at least a patch
   * @param card put into the metadata; null leaves it out
   * @throws IllegalArgumentException when a parameter is missing or the model has no task head
   */
  public byte[] export(ModelConfig config, ModelWeights weights, int time, ModelCard card) {
    Objects.requireNonNull(config, "config");
    if (config.task() == Task.PRETRAIN) {
      throw new IllegalArgumentException(
          "the model has no task head (task is pretrain); fine-tune it before exporting");
    }
    int tokens = config.tokens(time);
    OnnxGraph graph = new OnnxGraph("physiowave");
    GraphWeights constants = new GraphWeights(graph, weights);
    HeadGraph head = new HeadGraph(graph, constants, config);

    String input = graph.input("window", -1, config.inputRows(), time);
    boolean hasContext = config.contextValues() > 0;
    String signal = hasContext ? graph.slice(input, 1, 0, config.inChannels()) : input;
    String window = new NormalisationGraph(graph).write(signal, config.normalisation());
    String bands = new WaveletGraph(graph, constants, config, time, fused).write(window);
    String features = new EncoderGraph(graph, constants, config, time, fused).write(bands);
    String embedding = head.pool(features, tokens);
    String logits = head.logits(embedding, hasContext ? head.context(input, time) : null);

    graph.output(head.probabilities(logits), "probabilities", -1, config.numClasses());
    graph.output(logits, "logits", -1, config.numClasses());
    graph.output(embedding, "embedding", -1, config.embedDim());
    return model(graph, card).toByteArray();
  }

  private ModelProto model(OnnxGraph graph, ModelCard card) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("PhysioWave Stream")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setGraph(graph.build());
    if (fused) {
      model.addOpsetImport(
          OperatorSetIdProto.newBuilder().setDomain(OnnxGraph.MICROSOFT).setVersion(1));
    }
    if (card != null) {
      model.addMetadataProps(
          StringStringEntryProto.newBuilder()
              .setKey(ModelCard.METADATA_KEY)
              .setValue(ModelCardJson.write(card)));
    }
    return model.build();
  }
}
