package io.physiowave.training.model;

import java.util.Arrays;

/**
 * The values of one parameter, row-major. The arrays are shared, not copied: treat them as
 * read-only.
 *
 * @param shape sizes of the axes; empty for a scalar
 * @param values as many as the product of the sizes
 */
public record WeightTensor(int[] shape, float[] values) {
  /** Checks that the values fill the shape. */
  public WeightTensor {
    long size = 1;
    for (int axis : shape) {
      if (axis < 0) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(shape) + " has a negative axis");
      }
      size *= axis;
    }
    if (size != values.length) {
      throw new IllegalArgumentException(
          "shape "
              + Arrays.toString(shape)
              + " holds "
              + size
              + " values, but "
              + values.length
              + " were given");
    }
  }

  /** A tensor without axes. */
  public static WeightTensor scalar(float value) {
    return new WeightTensor(new int[0], new float[] {value});
  }

  /** Whether the axes have these sizes. */
  public boolean hasShape(int... sizes) {
    return Arrays.equals(shape, sizes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WeightTensor tensor
        && Arrays.equals(shape, tensor.shape)
        && Arrays.equals(values, tensor.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "WeightTensor" + Arrays.toString(shape);
  }
}
