package io.physiowave.training.export;

import static io.physiowave.training.export.OnnxGraph.attribute;

import java.util.List;

/**
 * Writes the channel aggregation of one level: widened, smoothed along time, relieved of what its
 * channels have in common, and narrowed again.
 *
 * <p>The published layers are two-dimensional over a height of one, so only the middle row of each
 * kernel ever meets data: they become one-dimensional here.
 */
final class AggregationGraph {
  /** More channels than this make the first two layers costlier as one than one after the other. */
  private static final int WIDEST_MERGED = 16;

  private final OnnxGraph graph;
  private final GraphWeights weights;

  AggregationGraph(OnnxGraph graph, GraphWeights weights) {
    this.graph = graph;
    this.weights = weights;
  }

  /**
   * The aggregation times a factor.
   *
   * @param input {@code [batch, 2 * channels, time]}
   * @param prefix of its parameters
   * @return of the input's shape
   */
  String write(String input, String prefix, float factor) {
    String activated =
        graph.gelu(
            weights.size(prefix + ".fc1.weight", 1) <= WIDEST_MERGED
                ? expanded(input, prefix)
                : depthwise(pointwise(input, prefix + ".fc1"), prefix + ".dw"));
    String common = graph.gelu(pointwise(activated, prefix + ".decomp"));
    return graph.pointwise(
        graph.subtract(activated, common),
        GraphWeights.scaled(withSigma(prefix), factor),
        GraphWeights.scaled(weights.values(prefix + ".fc2.bias"), factor));
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
    return graph.pointwise(
        input, weights.values(layer + ".weight"), weights.values(layer + ".bias"));
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
}
