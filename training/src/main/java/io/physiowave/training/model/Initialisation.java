package io.physiowave.training.model;

import java.util.Random;

/** How the linear layers of a new model start. */
public enum Initialisation {
  /** As published: a truncated normal of standard deviation 0.02, whatever the layer's width. */
  PUBLISHED("published"),
  /**
   * A normal of standard deviation {@code 1 / sqrt(inputs)}, which keeps the size of a signal
   * through a layer. Small models on small data learn much faster from it; convolutions, biases and
   * scales start as published.
   *
   * <p>LeCun et al., "Efficient BackProp" (1998), section 4.6.
   */
  FAN_IN("fan_in");

  private final String publishedName;

  Initialisation(String publishedName) {
    this.publishedName = publishedName;
  }

  /** The name on the command line. */
  public String publishedName() {
    return publishedName;
  }

  /**
   * Finds one by its name on the command line.
   *
   * @throws IllegalArgumentException naming the known ones
   */
  public static Initialisation named(String name) {
    return PublishedNames.find("init", values(), Initialisation::publishedName, name);
  }

  /**
   * The weights to start from.
   *
   * @param fresh weights of a new model
   * @param seed of the values drawn
   */
  public ModelWeights start(ModelWeights fresh, long seed) {
    if (this == PUBLISHED) {
      return fresh;
    }
    Random random = new Random(seed);
    ModelWeights weights = fresh;
    for (String name : fresh.names()) {
      WeightTensor tensor = fresh.get(name);
      if (isLinear(name, tensor)) {
        float[] values = new float[tensor.values().length];
        double deviation = 1 / Math.sqrt(tensor.shape()[1]);
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (deviation * random.nextGaussian());
        }
        weights = weights.with(name, new WeightTensor(tensor.shape(), values));
      }
    }
    return weights;
  }

  private static boolean isLinear(String name, WeightTensor tensor) {
    return tensor.shape().length == 2 && name.endsWith("weight");
  }
}
