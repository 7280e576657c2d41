package io.physiowave.training.export;

import static io.physiowave.training.export.OnnxGraph.attribute;

import io.physiowave.training.model.ModelConfig;
import java.util.Arrays;
import java.util.List;

/**
 * Writes one level's residual fusion: channel aggregation, then attention over the earlier levels.
 *
 * <p>The published layers are two-dimensional over a height of one, so only the middle row of each
 * kernel ever meets data: they become one-dimensional here.
 */
final class CrossScaleGraph {
  private static final int QUERY = 0;
  private static final int KEY = 1;
  private static final int VALUE = 2;

  private final OnnxGraph graph;
  private final GraphWeights weights;
  private final ModelConfig config;
  private final AttentionGraph attention;

  CrossScaleGraph(OnnxGraph graph, GraphWeights weights, ModelConfig config) {
    this.graph = graph;
    this.weights = weights;
    this.config = config;
    this.attention = new AttentionGraph(graph, weights.style().fused());
  }

  /**
   * Fuses one level.
   *
   * @param both {@code [batch, 2 * channels, time]}
   * @param earlier the same of the levels before
   */
  String write(int level, String both, List<String> earlier) {
    String prefix = "wavelet_decomp.sub_ffn." + level;
    String fused = aggregate(both, prefix + ".base");
    if (!earlier.isEmpty()) {
      String base = fused;
      fused = graph.add(base, graph.reducible(() -> attend(base, earlier, prefix)));
    }
    float residual = weights.values("wavelet_decomp.res_scales." + level)[0];
    return graph.add(both, graph.multiply(graph.scalar(residual), fused));
  }

  private String aggregate(String input, String prefix) {
    String hidden = pointwise(input, prefix + ".fc1", weights.values(prefix + ".fc1.weight"));
    String activated = graph.gelu(depthwise(hidden, prefix + ".dw"));
    String common =
        graph.gelu(
            pointwise(activated, prefix + ".decomp", weights.values(prefix + ".decomp.weight")));
    return pointwise(graph.subtract(activated, common), prefix + ".fc2", scaled(prefix));
  }

  /** {@code x + sigma x} before the last layer is that layer with its columns scaled. */
  private float[] scaled(String prefix) {
    float[] sigma = weights.values(prefix + ".sigma.scale");
    float[] values = weights.values(prefix + ".fc2.weight").clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= 1 + sigma[i % sigma.length];
    }
    return values;
  }

  private String pointwise(String input, String layer, float[] values) {
    int outputs = weights.size(layer + ".weight", 0);
    int inputs = weights.size(layer + ".weight", 1);
    return graph.node(
        "Conv",
        List.of(input, graph.constant(values, outputs, inputs, 1), weights.vector(layer + ".bias")),
        attribute("kernel_shape", new long[] {1}));
  }

  private String depthwise(String input, String layer) {
    int channels = weights.size(layer + ".weight", 0);
    int kernel = weights.size(layer + ".weight", 2);
    float[] values = weights.values(layer + ".weight");
    float[] middle = new float[channels * kernel];
    for (int channel = 0; channel < channels; channel++) {
      System.arraycopy(
          values, (channel * kernel + kernel / 2) * kernel, middle, channel * kernel, kernel);
    }
    return graph.node(
        "Conv",
        List.of(
            input, graph.constant(middle, channels, 1, kernel), weights.vector(layer + ".bias")),
        attribute("group", (long) channels),
        attribute("kernel_shape", new long[] {kernel}),
        attribute("pads", new long[] {kernel / 2, kernel / 2}));
  }

  /**
   * Attention to the earlier levels. Two biases need no operator of their own: a key's shifts all
   * scores of a query alike, which softmax does not see, and as the shares of a query add up to
   * one, a value's reaches the output whole.
   */
  private String attend(String current, List<String> earlier, String prefix) {
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
    float scale = weights.values(prefix + ".scale")[0];
    float[] matrix = weights.values(prefix + ".attn.out_proj.weight");
    float[] offset =
        GraphWeights.applied(
            matrix, bias(prefix, VALUE, width), weights.values(prefix + ".attn.out_proj.bias"));
    String output =
        weights.linear(
            attended,
            scaledBy(GraphWeights.transposed(matrix, width, width), scale),
            scaledBy(offset, scale),
            width);
    return graph.transpose(output, 0, 2, 1);
  }

  /** One of the three stacked input projections, without its bias. */
  private String project(String input, String prefix, int which, int width) {
    float[] matrix = new float[width * width];
    System.arraycopy(
        weights.values(prefix + ".attn.in_proj_weight"),
        which * matrix.length,
        matrix,
        0,
        matrix.length);
    return weights.product(input, GraphWeights.transposed(matrix, width, width), width);
  }

  private float[] bias(String prefix, int which, int width) {
    return Arrays.copyOfRange(
        weights.values(prefix + ".attn.in_proj_bias"), which * width, (which + 1) * width);
  }

  private static float[] scaledBy(float[] values, float factor) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i] * factor;
    }
    return result;
  }
}
