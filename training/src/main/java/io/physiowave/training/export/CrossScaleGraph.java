package io.physiowave.training.export;

import static io.physiowave.training.export.OnnxGraph.attribute;

import io.physiowave.training.model.ModelConfig;
import java.util.List;

/**
 * Writes one level's residual fusion: channel aggregation, then attention over the earlier levels.
 *
 * <p>The published layers are two-dimensional over a height of one, so only the middle row of each
 * kernel ever meets data: they become one-dimensional here.
 */
final class CrossScaleGraph {
  private final OnnxGraph graph;
  private final GraphWeights weights;
  private final ModelConfig config;
  private final AttentionGraph attention;

  CrossScaleGraph(OnnxGraph graph, GraphWeights weights, ModelConfig config, boolean fused) {
    this.graph = graph;
    this.weights = weights;
    this.config = config;
    this.attention = new AttentionGraph(graph, fused);
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
      fused = graph.add(fused, attend(fused, earlier, prefix));
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

  private String attend(String current, List<String> earlier, String prefix) {
    int width = 2 * config.inChannels();
    String queries = project(graph.transpose(current, 0, 2, 1), prefix, 0, width);
    String memory = graph.transpose(graph.concatenate(2, earlier.toArray(String[]::new)), 0, 2, 1);
    String attended =
        attention.attend(
            queries,
            project(memory, prefix, 1, width),
            project(memory, prefix, 2, width),
            config.crossScaleHeads(),
            width);
    float scale = weights.values(prefix + ".scale")[0];
    String output =
        weights.linear(
            attended,
            scaledBy(
                GraphWeights.transposed(
                    weights.values(prefix + ".attn.out_proj.weight"), width, width),
                scale),
            scaledBy(weights.values(prefix + ".attn.out_proj.bias"), scale),
            width);
    return graph.transpose(output, 0, 2, 1);
  }

  /** One of the three stacked input projections: 0 query, 1 key, 2 value. */
  private String project(String input, String prefix, int which, int width) {
    float[] matrix = new float[width * width];
    float[] bias = new float[width];
    System.arraycopy(
        weights.values(prefix + ".attn.in_proj_weight"),
        which * matrix.length,
        matrix,
        0,
        matrix.length);
    System.arraycopy(weights.values(prefix + ".attn.in_proj_bias"), which * width, bias, 0, width);
    return weights.linear(input, GraphWeights.transposed(matrix, width, width), bias, width);
  }

  private static float[] scaledBy(float[] values, float factor) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i] * factor;
    }
    return result;
  }
}
