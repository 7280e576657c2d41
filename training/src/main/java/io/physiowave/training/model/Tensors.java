package io.physiowave.training.model;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Moves values between libtorch and Java arrays. */
public final class Tensors {
  private Tensors() {}

  /** The values of a tensor of any type, shape and device, row-major, as float32. */
  public static float[] floats(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.numel())];
    if (values.length == 0) {
      return values;
    }
    return Scopes.freeing(
        () -> {
          new FloatPointer(onHost(tensor, ScalarType.Float).data_ptr()).get(values);
          return values;
        });
  }

  /** The values of a tensor of whole numbers, row-major. */
  public static long[] longs(Tensor tensor) {
    long[] values = new long[Math.toIntExact(tensor.numel())];
    if (values.length == 0) {
      return values;
    }
    return Scopes.freeing(
        () -> {
          new LongPointer(onHost(tensor, ScalarType.Long).data_ptr()).get(values);
          return values;
        });
  }

  private static Tensor onHost(Tensor tensor, ScalarType type) {
    return tensor.detach().to(new Device(DeviceType.CPU), type).contiguous();
  }
}
