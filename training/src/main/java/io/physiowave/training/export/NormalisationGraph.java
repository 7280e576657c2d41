package io.physiowave.training.export;

import static io.physiowave.training.export.OnnxGraph.attribute;

import io.physiowave.training.model.Normalisation;
import java.util.Arrays;
import java.util.List;

/** Writes what happens to a raw window {@code [batch, channels, time]} before the wavelets. */
final class NormalisationGraph {
  private final OnnxGraph graph;

  NormalisationGraph(OnnxGraph graph) {
    this.graph = graph;
  }

  String write(String window, Normalisation normalisation, int channels) {
    if (normalisation instanceof Normalisation.WindowZScore zScore) {
      return zScore(window, zScore.epsilon(), channels);
    }
    if (normalisation instanceof Normalisation.Fixed fixed) {
      return graph.add(
          graph.multiply(window, perChannel(fixed.scale())), perChannel(fixed.offset()));
    }
    if (normalisation instanceof Normalisation.FixedCompressed compressed) {
      return compressed(window, compressed.scale());
    }
    return window;
  }

  /** Each channel less its mean, over the root of its variance plus epsilon. */
  String zScore(String window, float epsilon, int channels) {
    float[] ones = new float[channels];
    Arrays.fill(ones, 1);
    return graph.node(
        "InstanceNormalization",
        List.of(
            window, graph.constant(ones, channels), graph.constant(new float[channels], channels)),
        attribute("epsilon", epsilon));
  }

  private String compressed(String window, List<Float> scale) {
    String magnitude =
        graph.node("Div", List.of(graph.node("Abs", List.of(window)), perChannel(scale)));
    String logarithm = graph.node("Log", List.of(graph.add(magnitude, graph.scalar(1))));
    return graph.multiply(graph.node("Sign", List.of(window)), logarithm);
  }

  private String perChannel(List<Float> values) {
    float[] constants = new float[values.size()];
    for (int i = 0; i < constants.length; i++) {
      constants[i] = values.get(i);
    }
    return graph.constant(constants, constants.length, 1);
  }
}
