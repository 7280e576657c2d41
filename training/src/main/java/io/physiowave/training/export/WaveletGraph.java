package io.physiowave.training.export;

import static io.physiowave.training.export.OnnxGraph.attribute;

import io.physiowave.training.model.ModelConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the soft-gated wavelet decomposition: {@code [batch, channels, time]} to {@code [batch,
 * (levels + 1) * channels, time]}.
 *
 * <p>All wavelets and both pass bands of a level are one grouped convolution of stride 2. With one
 * wavelet there is nothing to select.
 */
final class WaveletGraph {
  private static final String PREFIX = "wavelet_decomp.";

  /**
   * Up to so many samples to choose from, a product with zeros and ones is faster than gathering.
   */
  private static final int LARGEST_SELECTING_PRODUCT = 128;

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
    this.crossScale = new CrossScaleGraph(graph, weights, config, time);
  }

  String write(String window) {
    int channels = config.inChannels();
    String approximation = window;
    String before = graph.padEnd(window, 1, channels, 0);
    List<String> earlier = new ArrayList<>();
    List<String> fused = new ArrayList<>();
    for (int level = 0; level < config.maxLevel(); level++) {
      if (level > 0) {
        approximation = graph.slice(before, 1, 0, channels);
      }
      String halves = select(approximation);
      String passed = graph.multiply(gate(approximation), graph.subtract(before, halves));
      String both = graph.add(halves, passed);
      before = crossScale.write(level, both, earlier);
      earlier.add(both);
      fused.add(before);
    }
    return graph.gather(graph.concatenate(1, fused.toArray(String[]::new)), 1, bandRows());
  }

  /** The details of all levels, then the last approximation. */
  private long[] bandRows() {
    int channels = config.inChannels();
    long[] rows = new long[config.bandRows()];
    for (int row = 0; row < rows.length; row++) {
      int level = Math.min(row / channels, config.maxLevel() - 1);
      boolean detail = row / channels < config.maxLevel();
      rows[row] = (2L * level + (detail ? 1 : 0)) * channels + row % channels;
    }
    return rows;
  }

  /** Approximation and detail, {@code [batch, 2 * channels, time]}, mixed over the wavelets. */
  private String select(String input) {
    int channels = config.inChannels();
    int wavelets = config.waveletNames().size();
    int kernel = config.waveKernelSize();
    int half = (time + 2 * (kernel / 2) - kernel) / 2 + 1;
    String mixed =
        graph.node(
            "Conv",
            List.of(input, filterBank()),
            attribute("group", config.useSeparateChannel() ? (long) channels : 1L),
            attribute("kernel_shape", new long[] {kernel}),
            attribute("pads", new long[] {kernel / 2, kernel / 2}),
            attribute("strides", new long[] {2}));
    if (wavelets > 1) {
      String shares = graph.reshape(waveletShares(input), 0, 1, wavelets, 1);
      String apart = graph.reshape(mixed, 0, 2L * channels, wavelets, half);
      mixed = graph.reduce("ReduceSum", graph.multiply(apart, shares), 2, false);
    }
    return resized(graph.gather(mixed, 1, bandByBand()), half);
  }

  /** From low and high pass of each channel to all low passes and then all high ones. */
  private long[] bandByBand() {
    int channels = config.inChannels();
    long[] rows = new long[2 * channels];
    for (int channel = 0; channel < channels; channel++) {
      rows[channel] = 2L * channel;
      rows[channels + channel] = 2L * channel + 1;
    }
    return rows;
  }

  /** Nearest resizing of the last axis from half to time. */
  private String resized(String bands, int half) {
    long[] positions = nearest(half, time);
    if (half > LARGEST_SELECTING_PRODUCT) {
      return graph.gather(bands, 2, positions);
    }
    float[] selection = new float[half * time];
    for (int i = 0; i < time; i++) {
      selection[(int) positions[i] * time + i] = 1;
    }
    return graph.matrixProduct(bands, graph.constant(selection, half, time));
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

  /** {@code [batch, 2 * channels, 1]} in (0, 1), the same for both bands of a channel. */
  private String gate(String input) {
    int channels = config.inChannels();
    int heads = config.gateHeads();
    int width = channels / heads;
    String stacked = gateProjections(graph.mean(input, 2, false), width);
    List<String> parts = graph.split(graph.reshape(stacked, 0, 3L * heads, width), 1, 3);
    String scores = graph.matrixProduct(parts.get(0), graph.transpose(parts.get(1), 0, 2, 1));
    String mixed = graph.matrixProduct(graph.softmax(scores, -1), parts.get(2));
    String gate = graph.node("Sigmoid", List.of(graph.reshape(mixed, 0, channels, 1)));
    return graph.concatenate(1, gate, gate);
  }

  /** Queries, over the root of a head's width, keys and values: {@code [batch, 3 * channels]}. */
  private String gateProjections(String pooled, int width) {
    int channels = config.inChannels();
    float[] matrix = new float[3 * channels * channels];
    float[] bias = new float[3 * channels];
    String[] names = {"q", "k", "v"};
    for (int part = 0; part < names.length; part++) {
      String layer = PREFIX + "gate." + names[part];
      System.arraycopy(
          weights.values(layer + ".weight"),
          0,
          matrix,
          part * channels * channels,
          channels * channels);
      System.arraycopy(weights.values(layer + ".bias"), 0, bias, part * channels, channels);
    }
    float scale = (float) (1 / Math.sqrt(width));
    for (int i = 0; i < channels * channels; i++) {
      matrix[i] *= scale;
    }
    for (int i = 0; i < channels; i++) {
      bias[i] *= scale;
    }
    return weights.linear(
        pooled, GraphWeights.transposed(matrix, 3 * channels, channels), bias, channels);
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
