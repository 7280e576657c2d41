package io.physiowave.training.export;

import io.physiowave.training.model.ChannelStatistics;
import io.physiowave.training.model.ModelConfig;
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

  /** {@code [batch, channels, time]} raw to scores {@code [batch, classes]}. */
  String scores(String signal, int time) {
    float floor = (float) config.channelStatistics();
    int channels = config.inChannels();
    String power = graph.mean(graph.multiply(signal, signal), TIME, true);
    String strength =
        graph.reshape(
            graph.node("Log", List.of(graph.add(squareRoot(power), graph.scalar(floor)))),
            0,
            channels);
    String values =
        channels == 1
            ? strength
            : graph.concatenate(1, strength, correlations(signal, time, floor));
    float[] matrix = weights.values(PARAMETERS + "matrix");
    int classes = config.numClasses();
    int inputs = matrix.length / classes;
    return weights.linear(
        values,
        GraphWeights.transposed(matrix, classes, inputs),
        weights.values(PARAMETERS + "offset"),
        inputs);
  }

  private String correlations(String signal, int time, float floor) {
    int channels = config.inChannels();
    String centred = graph.subtract(signal, graph.mean(signal, TIME, true));
    String variance = graph.mean(graph.multiply(centred, centred), TIME, true);
    String deviation = squareRoot(graph.add(variance, graph.scalar(floor * floor)));
    String scaled = graph.node("Div", List.of(centred, deviation));
    String products = graph.node("MatMul", List.of(scaled, graph.transpose(scaled, 0, 2, 1)));
    String correlation = graph.multiply(products, graph.scalar(1f / time));
    String rows = graph.reshape(correlation, 0, (long) channels * channels);
    return graph.gather(rows, 1, ChannelStatistics.pairs(channels));
  }

  private String squareRoot(String input) {
    return graph.node("Sqrt", List.of(input));
  }
}
