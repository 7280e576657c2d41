package io.physiowave.training.export;

import io.physiowave.training.model.ModelConfig;
import java.util.Arrays;
import java.util.List;

/**
 * Writes one level's residual fusion: channel aggregation, then attention over the earlier levels.
 */
final class CrossScaleGraph {
  private static final int QUERY = 0;
  private static final int KEY = 1;
  private static final int VALUE = 2;

  /**
   * With narrower heads and no more scores a head than these, standard operators are up to three
   * times as fast as ONNX Runtime's fused attention; with more scores they leave its caches.
   */
  private static final int NARROWEST_BY_TIME = 8;

  private static final int MOST_SCORES_BY_CHANNEL = 128 * 128;

  private final OnnxGraph graph;
  private final GraphWeights weights;
  private final ModelConfig config;
  private final AggregationGraph aggregation;
  private final AttentionGraph attention;
  private final int time;

  CrossScaleGraph(OnnxGraph graph, GraphWeights weights, ModelConfig config, int time) {
    this.graph = graph;
    this.weights = weights;
    this.config = config;
    this.attention = new AttentionGraph(graph, weights.style().fused());
    aggregation = new AggregationGraph(graph, weights);
    this.time = time;
  }

  /**
   * Fuses one level.
   *
   * @param both {@code [batch, 2 * channels, time]}
   * @param earlier the same of the levels before
   */
  String write(int level, String both, List<String> earlier) {
    String prefix = "wavelet_decomp.sub_ffn." + level;
    float residual = weights.values("wavelet_decomp.res_scales." + level)[0];
    if (earlier.isEmpty()) {
      return graph.add(both, aggregation.write(both, prefix + ".base", residual));
    }
    String base = aggregation.write(both, prefix + ".base", 1);
    String fused =
        graph.add(
            base,
            attendsByChannel(earlier.size())
                ? attendByChannel(base, earlier, prefix)
                : graph.reducible(() -> attendByTime(base, earlier, prefix)));
    return graph.add(both, graph.multiply(graph.scalar(residual), fused));
  }

  private boolean attendsByChannel(int earlierLevels) {
    return 2 * config.inChannels() / config.crossScaleHeads() < NARROWEST_BY_TIME
        && (long) time * time * earlierLevels <= MOST_SCORES_BY_CHANNEL;
  }

  /**
   * Attention to the earlier levels. Two biases need no operator of their own: a key's shifts all
   * scores of a query alike, which softmax does not see, and as the shares of a query add up to
   * one, a value's reaches the output whole.
   */
  private String attendByTime(String current, List<String> earlier, String prefix) {
    int width = 2 * config.inChannels();
    String queries =
        graph.add(
            project(graph.transpose(current, 0, 2, 1), prefix, QUERY, width),
            graph.constant(bias(prefix, QUERY, width), width));
    String memory = graph.transpose(graph.concatenate(2, earlier.toArray(String[]::new)), 0, 2, 1);
    String attended =
        attention.attend(
            queries,
            project(memory, prefix, KEY, width),
            project(memory, prefix, VALUE, width),
            config.crossScaleHeads(),
            width);
    String output =
        graph.add(
            weights.product(
                attended, GraphWeights.transposed(outputMatrix(prefix), width, width), width),
            graph.constant(outputBias(prefix, width), width));
    return graph.transpose(output, 0, 2, 1);
  }

  /** The same without turning channels to the end and back. */
  private String attendByChannel(String current, List<String> earlier, String prefix) {
    int width = 2 * config.inChannels();
    float scale = (float) (1 / Math.sqrt((double) width / config.crossScaleHeads()));
    String memory = graph.concatenate(2, earlier.toArray(String[]::new));
    String queries =
        inHeads(
            graph.pointwise(
                current,
                GraphWeights.scaled(inputMatrix(prefix, QUERY, width), scale),
                GraphWeights.scaled(bias(prefix, QUERY, width), scale)),
            width);
    String keys = inHeads(graph.pointwise(memory, inputMatrix(prefix, KEY, width), width), width);
    String values =
        inHeads(graph.pointwise(memory, inputMatrix(prefix, VALUE, width), width), width);
    String scores = graph.matrixProduct(graph.transpose(queries, 0, 1, 3, 2), keys);
    String shares = graph.transpose(graph.softmax(scores, -1), 0, 1, 3, 2);
    String attended = graph.reshape(graph.matrixProduct(values, shares), 0, width, -1);
    return graph.pointwise(attended, outputMatrix(prefix), outputBias(prefix, width));
  }

  /** {@code [batch, heads, head's width, time]}. */
  private String inHeads(String input, int width) {
    int heads = config.crossScaleHeads();
    return graph.reshape(input, 0, heads, width / heads, -1);
  }

  private float[] outputMatrix(String prefix) {
    return GraphWeights.scaled(
        weights.values(prefix + ".attn.out_proj.weight"), weights.values(prefix + ".scale")[0]);
  }

  private float[] outputBias(String prefix, int width) {
    return GraphWeights.applied(
        outputMatrix(prefix),
        bias(prefix, VALUE, width),
        GraphWeights.scaled(
            weights.values(prefix + ".attn.out_proj.bias"), weights.values(prefix + ".scale")[0]));
  }

  /** One of the three stacked input projections, without its bias. */
  private String project(String input, String prefix, int which, int width) {
    return weights.product(
        input, GraphWeights.transposed(inputMatrix(prefix, which, width), width, width), width);
  }

  /** Row-major {@code [outputs][inputs]}. */
  private float[] inputMatrix(String prefix, int which, int width) {
    return Arrays.copyOfRange(
        weights.values(prefix + ".attn.in_proj_weight"),
        which * width * width,
        (which + 1) * width * width);
  }

  private float[] bias(String prefix, int which, int width) {
    return Arrays.copyOfRange(
        weights.values(prefix + ".attn.in_proj_bias"), which * width, (which + 1) * width);
  }
}
