package io.physiowave.training.checkpoint;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A tensor as a view of a storage.
 *
 * @param storage where its numbers are
 * @param offset of the first number
 * @param shape sizes of the axes
 * @param strides steps in numbers along each axis, not negative
 */
record TensorReference(StorageReference storage, long offset, int[] shape, long[] strides) {

  /** Reads the arguments of torch's tensor-rebuilding functions. */
  static TensorReference of(List<?> arguments) {
    if (arguments.size() < 4
        || !(arguments.get(0) instanceof StorageReference storage)
        || !(arguments.get(1) instanceof Long offset)
        || !(arguments.get(2) instanceof List<?> sizes)
        || !(arguments.get(3) instanceof List<?> steps)
        || sizes.size() != steps.size()) {
      throw new PickleException("a tensor was not written as storage, offset, sizes and strides");
    }
    int[] shape = new int[sizes.size()];
    long[] strides = new long[sizes.size()];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = (int) whole(sizes.get(axis), Integer.MAX_VALUE);
      strides[axis] = whole(steps.get(axis), Long.MAX_VALUE);
    }
    TensorReference tensor =
        new TensorReference(storage, whole(offset, Long.MAX_VALUE), shape, strides);
    tensor.requireWithinStorage();
    return tensor;
  }

  private static long whole(Object value, long largest) {
    if (value instanceof Long number && number >= 0 && number <= largest) {
      return number;
    }
    throw new PickleException(
        "a tensor has the offset, size or stride " + PickleException.describe(value));
  }

  private void requireWithinStorage() {
    long last = offset;
    long values = 1;
    try {
      for (int axis = 0; axis < shape.length; axis++) {
        values = Math.multiplyExact(values, (long) shape[axis]);
        last =
            Math.addExact(
                last, Math.multiplyExact(strides[axis], (long) Math.max(0, shape[axis] - 1)));
      }
    } catch (ArithmeticException overflow) {
      throw new PickleException("a tensor's sizes and strides overflow");
    }
    if (values > Integer.MAX_VALUE - 8 || (values > 0 && last >= storage.count())) {
      throw new PickleException(
          "a tensor of " + values + " values reaches beyond its storage of " + storage.count());
    }
  }

  /** The values in row-major order, rounded to float32. */
  float[] read(ByteBuffer bytes) {
    StorageType type = StorageType.named(storage.type());
    int total = 1;
    for (int size : shape) {
      total *= size;
    }
    float[] values = new float[total];
    int[] position = new int[shape.length];
    long source = offset;
    for (int index = 0; index < total; index++) {
      values[index] = type.read(bytes, Math.toIntExact(source * type.size()));
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        source += strides[axis];
        position[axis]++;
        if (position[axis] < shape[axis]) {
          break;
        }
        source -= strides[axis] * shape[axis];
        position[axis] = 0;
      }
    }
    return values;
  }
}
