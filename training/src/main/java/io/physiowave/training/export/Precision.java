package io.physiowave.training.export;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The number format in which an exported graph holds and multiplies its large matrices. */
public enum Precision {
  /** float32 throughout. */
  FP32("fp32", 0, 1e-4),
  /** float16 between normalisations, float32 elsewhere and at inputs and outputs. */
  FP16("fp16", 0.02, 0.02),
  /** int8 weights and dynamically quantised activations in the linear layers, float32 elsewhere. */
  INT8("int8", 0.2, 0.2);

  private final String text;
  private final double relativeTolerance;
  private final double absoluteTolerance;

  Precision(String text, double relativeTolerance, double absoluteTolerance) {
    this.text = text;
    this.relativeTolerance = relativeTolerance;
    this.absoluteTolerance = absoluteTolerance;
  }

  /**
   * Largest difference to the trained model that an export may show. In lower precision it only
   * tells a wrong graph from a right one; what the precision costs is told by figures on labelled
   * windows.
   *
   * @param magnitude largest absolute value compared
   */
  public double tolerance(double magnitude) {
    return Math.max(absoluteTolerance, relativeTolerance * magnitude);
  }

  /** How options and cards name it. */
  public String text() {
    return text;
  }

  /**
   * Reads the name.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Precision of(String text) {
    return Arrays.stream(values())
        .filter(precision -> precision.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "precision '"
                        + text
                        + "'; expected one of "
                        + Arrays.stream(values())
                            .map(Precision::text)
                            .collect(Collectors.joining(", "))));
  }

  @Override
  public String toString() {
    return text;
  }
}
