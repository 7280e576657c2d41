package io.physiowave.training.export;

/**
 * How a graph is written, whatever it computes.
 *
 * @param fused whether ONNX Runtime's own operators (com.microsoft) may be used: faster, but only
 *     it understands the file
 * @param precision of the large matrices
 */
public record GraphStyle(boolean fused, Precision precision) {
  /** Standard operators in float32. */
  public static final GraphStyle PLAIN = new GraphStyle(false, Precision.FP32);

  /** ONNX Runtime's operators in float32. */
  public static final GraphStyle FUSED = new GraphStyle(true, Precision.FP32);

  /** The same operators in another precision. */
  public GraphStyle in(Precision other) {
    return new GraphStyle(fused, other);
  }
}
