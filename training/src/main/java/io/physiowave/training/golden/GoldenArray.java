package io.physiowave.training.golden;

import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * A float32 array of any rank.
 *
 * @param shape sizes of the axes; empty for a scalar
 * @param values row-major
 */
record GoldenArray(int[] shape, float[] values) {

  static GoldenArray scalar(float value) {
    return new GoldenArray(new int[0], new float[] {value});
  }

  /** As the nested Java arrays that HDF5 writing takes; a scalar as a boxed number. */
  Object nested() {
    if (shape.length == 0) {
      return values[0];
    }
    Object nested = Array.newInstance(float.class, shape);
    fill(nested, 0, 0, values.length);
    return nested;
  }

  /** As {@link #nested}, for a matrix of truth values: bytes of 0 and 1. */
  byte[][] truths() {
    byte[][] truths = new byte[shape[0]][shape[1]];
    for (int index = 0; index < values.length; index++) {
      truths[index / shape[1]][index % shape[1]] = (byte) values[index];
    }
    return truths;
  }

  private void fill(Object target, int axis, int from, int to) {
    if (axis == shape.length - 1) {
      System.arraycopy(values, from, target, 0, to - from);
      return;
    }
    int step = shape[axis] == 0 ? 0 : (to - from) / shape[axis];
    for (int part = 0; part < shape[axis]; part++) {
      fill(Array.get(target, part), axis + 1, from + part * step, from + (part + 1) * step);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GoldenArray array
        && Arrays.equals(shape, array.shape)
        && Arrays.equals(values, array.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "GoldenArray" + Arrays.toString(shape);
  }
}
