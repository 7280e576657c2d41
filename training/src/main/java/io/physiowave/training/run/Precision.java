package io.physiowave.training.run;

import io.physiowave.training.model.MixedPrecision;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** In which numbers the forward passes of a training are computed. */
public enum Precision {
  /** float32 throughout. */
  FULL,
  /** bfloat16 matrix products and convolutions; parameters, norms and losses stay float32. */
  MIXED;

  /**
   * Runs a forward pass; compute the loss and call backward outside.
   *
   * @param device where the model lies
   * @param pass whose tensors stay the caller's
   */
  public <T> T forward(TrainingDevice device, Supplier<T> pass) {
    return this == FULL
        ? pass.get()
        : MixedPrecision.on(device.isCuda() ? DeviceType.CUDA : DeviceType.CPU, pass);
  }

  /** As {@link #forward}, for a pass that gives one tensor, in float32 whatever it was made in. */
  public Tensor tensor(TrainingDevice device, Supplier<Tensor> pass) {
    Tensor result = forward(device, pass);
    return this == FULL ? result : result.to(ScalarType.Float);
  }
}
