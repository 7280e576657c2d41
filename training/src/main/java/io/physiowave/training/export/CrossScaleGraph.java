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

  /**
   * ONNX Runtime's fused attention takes as many queries at once as heads are wide, twice: where
   * they are narrower than this, standard operators are faster.
   */
  private static final int NARROWEST_FUSED_HEAD = 4;

  /** More channels than this make the two layers together costlier than one after the other. */
  private static final int WIDEST_MERGED = 16;

  private final OnnxGraph graph;
  private final GraphWeights weights;
  private final ModelConfig config;
  private final AttentionGraph attention;
  private final boolean attendsByTime;

  CrossScaleGraph(OnnxGraph graph, GraphWeights weights, ModelConfig config) {
    this.graph = graph;
    this.weights = weights;
    this.config = config;
    this.attention = new AttentionGraph(graph, weights.style().fused());
    attendsByTime =
        weights.style().fused()
            && 2 * config.inChannels() / config.crossScaleHeads() >= NARROWEST_FUSED_HEAD;
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
      return graph.add(both, aggregate(both, prefix + ".base", residual));
    }
    String base = aggregate(both, prefix + ".base", 1);
    String fused =
        graph.add(
            base,
            attendsByTime
                ? graph.reducible(() -> attendByTime(base, earlier, prefix))
                : attendByChannel(base, earlier, prefix));
    return graph.add(both, graph.multiply(graph.scalar(residual), fused));
  }

  /** What channels have in common is taken from them; the result is multiplied by the factor. */
  private String aggregate(String input, String prefix, float factor) {
    String activated =
        graph.gelu(
            2 * config.inChannels() <= WIDEST_MERGED
                ? expanded(input, prefix)
                : depthwise(pointwise(input, prefix + ".fc1"), prefix + ".dw"));
    String common = graph.gelu(pointwise(activated, prefix + ".decomp"));
    return pointwise(
        graph.subtract(activated, common),
        scaledBy(withSigma(prefix), factor),
        scaledBy(weights.values(prefix + ".fc2.bias"), factor));
  }

  /** {@code x + sigma x} before the last layer is that layer with its columns scaled. */
  private float[] withSigma(String prefix) {
    float[] sigma = weights.values(prefix + ".sigma.scale");
    float[] values = weights.values(prefix + ".fc2.weight").clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= 1 + sigma[i % sigma.length];
    }
    return values;
  }

  private String pointwise(String input, String layer) {
    return pointwise(input, weights.values(layer + ".weight"), weights.values(layer + ".bias"));
  }

  private String pointwise(String input, float[] values, float[] bias) {
    String matrix = graph.constant(values, bias.length, values.length / bias.length, 1);
    return pointwise(List.of(input, matrix, graph.constant(bias, bias.length)));
  }

  private String pointwise(String input, float[] values, int outputs) {
    return pointwise(List.of(input, graph.constant(values, outputs, values.length / outputs, 1)));
  }

  private String pointwise(List<String> inputs) {
    return graph.node("Conv", inputs, attribute("kernel_shape", new long[] {1}));
  }

  /**
   * The first two layers as one. The bias of the first is the weight of a row of ones, so that it
   * ends where the window does, as it ends before the padding between the two.
   */
  private String expanded(String input, String prefix) {
    float[] taps = middleRows(prefix + ".dw");
    float[] mix = weights.values(prefix + ".fc1.weight");
    float[] bias = weights.values(prefix + ".fc1.bias");
    int inputs = mix.length / bias.length;
    int kernel = taps.length / bias.length;
    float[] merged = new float[bias.length * (inputs + 1) * kernel];
    for (int i = 0; i < merged.length; i++) {
      int row = i / kernel % (inputs + 1);
      int output = i / kernel / (inputs + 1);
      float weight = row < inputs ? mix[output * inputs + row] : bias[output];
      merged[i] = weight * taps[output * kernel + i % kernel];
    }
    return convolution(
        graph.padEnd(input, 1, 1, 1),
        graph.constant(merged, bias.length, inputs + 1L, kernel),
        prefix + ".dw",
        kernel,
        1);
  }

  private String depthwise(String input, String layer) {
    float[] taps = middleRows(layer);
    int channels = weights.size(layer + ".weight", 0);
    int kernel = taps.length / channels;
    return convolution(input, graph.constant(taps, channels, 1, kernel), layer, kernel, channels);
  }

  private String convolution(String input, String taps, String layer, int kernel, int groups) {
    return graph.node(
        "Conv",
        List.of(input, taps, weights.vector(layer + ".bias")),
        attribute("group", (long) groups),
        attribute("kernel_shape", new long[] {kernel}),
        attribute("pads", new long[] {kernel / 2, kernel / 2}));
  }

  /** Of the square kernels of a depthwise layer, {@code [channels][kernel]}. */
  private float[] middleRows(String layer) {
    int channels = weights.size(layer + ".weight", 0);
    int kernel = weights.size(layer + ".weight", 2);
    float[] values = weights.values(layer + ".weight");
    float[] middle = new float[channels * kernel];
    for (int channel = 0; channel < channels; channel++) {
      System.arraycopy(
          values, (channel * kernel + kernel / 2) * kernel, middle, channel * kernel, kernel);
    }
    return middle;
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

  /** The same where heads are narrow, without turning channels to the end and back. */
  private String attendByChannel(String current, List<String> earlier, String prefix) {
    int width = 2 * config.inChannels();
    float scale = (float) (1 / Math.sqrt((double) width / config.crossScaleHeads()));
    String memory = graph.concatenate(2, earlier.toArray(String[]::new));
    String queries =
        inHeads(
            pointwise(
                current,
                scaledBy(inputMatrix(prefix, QUERY, width), scale),
                scaledBy(bias(prefix, QUERY, width), scale)),
            width);
    String keys = inHeads(pointwise(memory, inputMatrix(prefix, KEY, width), width), width);
    String values = inHeads(pointwise(memory, inputMatrix(prefix, VALUE, width), width), width);
    String scores = graph.matrixProduct(graph.transpose(queries, 0, 1, 3, 2), keys);
    String shares = graph.transpose(graph.softmax(scores, -1), 0, 1, 3, 2);
    String attended = graph.reshape(graph.matrixProduct(values, shares), 0, width, -1);
    return pointwise(attended, outputMatrix(prefix), outputBias(prefix, width));
  }

  /** {@code [batch, heads, head's width, time]}. */
  private String inHeads(String input, int width) {
    int heads = config.crossScaleHeads();
    return graph.reshape(input, 0, heads, width / heads, -1);
  }

  private float[] outputMatrix(String prefix) {
    return scaledBy(
        weights.values(prefix + ".attn.out_proj.weight"), weights.values(prefix + ".scale")[0]);
  }

  private float[] outputBias(String prefix, int width) {
    return GraphWeights.applied(
        outputMatrix(prefix),
        bias(prefix, VALUE, width),
        scaledBy(
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

  private static float[] scaledBy(float[] values, float factor) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i] * factor;
    }
    return result;
  }
}
