package io.physiowave.training.export;

import io.physiowave.training.model.Normalisation;
import java.util.List;

/** Writes what happens to a raw window {@code [batch, channels, time]} before the wavelets. */
final class NormalisationGraph {
  private static final long TIME = 2;

  private final OnnxGraph graph;

  NormalisationGraph(OnnxGraph graph) {
    this.graph = graph;
  }

  String write(String window, Normalisation normalisation) {
    if (normalisation instanceof Normalisation.WindowZScore zScore) {
      return zScore(window, zScore.epsilon());
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

  private String zScore(String window, float epsilon) {
    String centred = graph.subtract(window, graph.mean(window, TIME, true));
    String variance = graph.mean(graph.multiply(centred, centred), TIME, true);
    String deviation = graph.node("Sqrt", List.of(graph.add(variance, graph.scalar(epsilon))));
    return graph.node("Div", List.of(centred, deviation));
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
