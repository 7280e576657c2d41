package io.physiowave.training.export;

import io.physiowave.training.model.ChannelStatistics;
import io.physiowave.training.model.ModelConfig;
import java.util.Arrays;
import java.util.List;

/** Writes the discriminant on strengths and correlations of the raw channels. */
final class StatisticsGraph {
  private static final String PARAMETERS = "channel_statistics.";
  private static final long TIME = 2;

  private final OnnxGraph graph;
  private final GraphWeights weights;
  private final ModelConfig config;

  StatisticsGraph(OnnxGraph graph, GraphWeights weights, ModelConfig config) {
    this.graph = graph;
    this.weights = weights;
    this.config = config;
  }

  /**
   * {@code [batch, channels, time]} raw to scores {@code [batch, classes]}.
   *
   * <p>Strengths are taken from the root of the sum of squares instead of the mean, and products
   * stand for correlations: the constants between them join the matrix and the offset.
   */
  String scores(String signal, int time) {
    int channels = config.inChannels();
    int classes = config.numClasses();
    int inputs = ChannelStatistics.count(channels);
    float floor = (float) config.channelStatistics();
    float rootOfTime = (float) Math.sqrt(time);
    float[] matrix =
        GraphWeights.transposed(weights.values(PARAMETERS + "matrix"), classes, inputs);
    float[] ofStrengths = Arrays.copyOf(matrix, channels * classes);
    float[] offset = weights.values(PARAMETERS + "offset").clone();
    for (int i = 0; i < ofStrengths.length; i++) {
      offset[i % classes] -= (float) (ofStrengths[i] * Math.log(rootOfTime));
    }
    String strength =
        graph.node(
            "Log",
            List.of(
                graph.add(
                    graph.reduce("ReduceL2", signal, TIME, false),
                    graph.scalar(floor * rootOfTime))));
    String scores = weights.linear(strength, ofStrengths, offset, channels);
    if (channels == 1) {
      return scores;
    }
    return graph.gemm(
        products(signal, floor),
        graph.constant(ofProducts(matrix, time), (long) channels * channels, classes),
        scores);
  }

  /** The rows of pairs among rows of zeros for all other products of two channels. */
  private float[] ofProducts(float[] matrix, int time) {
    int channels = config.inChannels();
    int classes = config.numClasses();
    float[] spread = new float[channels * channels * classes];
    int next = channels * classes;
    for (long pair : ChannelStatistics.pairs(channels)) {
      for (int one = 0; one < classes; one++) {
        spread[(int) pair * classes + one] = matrix[next++] / time;
      }
    }
    return spread;
  }

  /** {@code [batch, channels * channels]}. */
  private String products(String signal, float floor) {
    int channels = config.inChannels();
    String scaled = new NormalisationGraph(graph).zScore(signal, floor * floor, channels);
    String products = graph.matrixProduct(scaled, graph.transpose(scaled, 0, 2, 1));
    return graph.reshape(products, 0, (long) channels * channels);
  }
}
