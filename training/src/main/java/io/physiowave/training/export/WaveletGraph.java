package io.physiowave.training.export;

import static io.physiowave.training.export.OnnxGraph.attribute;

import io.physiowave.training.model.ModelConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the soft-gated wavelet decomposition: {@code [batch, channels, time]} to {@code [batch,
 * (levels + 1) * channels, time]}.
 *
 * <p>All wavelets and both pass bands of a level are one grouped convolution of stride 2, and the
 * nearest resizing is a gather by constant positions.
 */
final class WaveletGraph {
  private static final String PREFIX = "wavelet_decomp.";

  private final OnnxGraph graph;
  private final GraphWeights weights;
  private final ModelConfig config;
  private final int time;
  private final CrossScaleGraph crossScale;

  WaveletGraph(OnnxGraph graph, GraphWeights weights, ModelConfig config, int time) {
    this.graph = graph;
    this.weights = weights;
    this.config = config;
    this.time = time;
    this.crossScale = new CrossScaleGraph(graph, weights, config);
  }

  String write(String window) {
    int channels = config.inChannels();
    String approximation = window;
    String detail = graph.constant(new float[] {0}, 1, 1, 1);
    List<String> earlier = new ArrayList<>();
    List<String> bands = new ArrayList<>();
    for (int level = 0; level < config.maxLevel(); level++) {
      List<String> halves = select(approximation);
      String gate = gate(approximation);
      String inverse = graph.subtract(graph.scalar(1), gate);
      String gatedApproximation =
          graph.add(graph.multiply(gate, approximation), graph.multiply(inverse, halves.get(0)));
      String gatedDetail =
          graph.add(graph.multiply(gate, detail), graph.multiply(inverse, halves.get(1)));
      String both = graph.concatenate(1, gatedApproximation, gatedDetail);
      String fused = crossScale.write(level, both, earlier);
      approximation = graph.slice(fused, 1, 0, channels);
      detail = graph.slice(fused, 1, channels, 2L * channels);
      earlier.add(both);
      bands.add(detail);
    }
    bands.add(approximation);
    return graph.concatenate(1, bands.toArray(String[]::new));
  }

  /** Approximation and detail, each {@code [batch, channels, time]}, mixed over the wavelets. */
  private List<String> select(String input) {
    int channels = config.inChannels();
    int wavelets = config.waveletNames().size();
    int kernel = config.waveKernelSize();
    int half = (time + 2 * (kernel / 2) - kernel) / 2 + 1;
    String filtered =
        graph.node(
            "Conv",
            List.of(input, filterBank()),
            attribute("group", config.useSeparateChannel() ? (long) channels : 1L),
            attribute("kernel_shape", new long[] {kernel}),
            attribute("pads", new long[] {kernel / 2, kernel / 2}),
            attribute("strides", new long[] {2}));
    String shares = graph.reshape(waveletShares(input), 0, 1, 1, wavelets, 1);
    String mixed =
        graph.reduce(
            "ReduceSum",
            graph.multiply(graph.reshape(filtered, 0, channels, 2, wavelets, half), shares),
            3,
            false);
    String resized = graph.gather(mixed, 3, nearest(half, time));
    List<String> bands = graph.split(resized, 2, 2);
    return List.of(
        graph.reshape(bands.get(0), 0, channels, time),
        graph.reshape(bands.get(1), 0, channels, time));
  }

  /** Output row {@code (channel * 2 + band) * wavelets + wavelet}; band 0 is the low pass. */
  private String filterBank() {
    int channels = config.inChannels();
    int wavelets = config.waveletNames().size();
    int taps = config.waveKernelSize() * (config.useSeparateChannel() ? 1 : channels);
    float[] bank = new float[channels * 2 * wavelets * taps];
    for (int wavelet = 0; wavelet < wavelets; wavelet++) {
      String filter = PREFIX + "selector.wavelet_filters." + wavelet;
      float[] low = weights.values(filter + ".low_filter.weight");
      float[] high = weights.values(filter + ".high_filter.weight");
      for (int channel = 0; channel < channels; channel++) {
        int row = channel * 2 * wavelets + wavelet;
        System.arraycopy(low, channel * taps, bank, row * taps, taps);
        System.arraycopy(high, channel * taps, bank, (row + wavelets) * taps, taps);
      }
    }
    long inputs = config.useSeparateChannel() ? 1 : channels;
    return graph.constant(bank, (long) channels * 2 * wavelets, inputs, config.waveKernelSize());
  }

  private String waveletShares(String input) {
    String hidden =
        graph.node(
            "Relu",
            List.of(weights.linear(graph.mean(input, 2, false), PREFIX + "selector.selector.2")));
    return graph.softmax(weights.linear(hidden, PREFIX + "selector.selector.4"), 1);
  }

  /** {@code [batch, channels, 1]} in (0, 1). */
  private String gate(String input) {
    int channels = config.inChannels();
    int heads = config.gateHeads();
    long width = channels / heads;
    String pooled = graph.mean(input, 2, false);
    String query = graph.reshape(gateProjection(pooled, "q"), 0, heads, width);
    String key =
        graph.transpose(graph.reshape(gateProjection(pooled, "k"), 0, heads, width), 0, 2, 1);
    String value = graph.reshape(gateProjection(pooled, "v"), 0, heads, width);
    String scale = graph.scalar((float) (1 / Math.sqrt((double) width)));
    String shares = graph.softmax(graph.multiply(graph.matrixProduct(query, key), scale), -1);
    String mixed = graph.reshape(graph.matrixProduct(shares, value), 0, channels, 1);
    return graph.node("Sigmoid", List.of(mixed));
  }

  private String gateProjection(String pooled, String name) {
    return weights.linear(pooled, PREFIX + "gate." + name);
  }

  /** Source positions of nearest resizing, in float32 as libtorch computes them. */
  static long[] nearest(int from, int to) {
    float scale = (float) from / to;
    long[] positions = new long[to];
    for (int i = 0; i < to; i++) {
      positions[i] = Math.min((long) Math.floor(i * scale), from - 1);
    }
    return positions;
  }
}
