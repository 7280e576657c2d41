package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.clear_cache;
import static org.bytedeco.pytorch.global.torch.is_autocast_enabled;
import static org.bytedeco.pytorch.global.torch.set_autocast_dtype;
import static org.bytedeco.pytorch.global.torch.set_autocast_enabled;

import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Runs matrix products and convolutions in bfloat16 while parameters, norms and losses stay float32
 * (torch's autocast). Faster on GPUs; on CPUs fused attention in float32 is faster.
 */
public final class MixedPrecision {
  private MixedPrecision() {}

  /**
   * Runs a forward pass; call backward outside.
   *
   * @param device the model's kind of device, {@code CUDA} or {@code CPU}
   * @param forward whose tensors stay the caller's
   */
  public static <T> T on(DeviceType device, Supplier<T> forward) {
    boolean before = is_autocast_enabled(device);
    set_autocast_dtype(device, ScalarType.BFloat16);
    set_autocast_enabled(device, true);
    try {
      return forward.get();
    } finally {
      set_autocast_enabled(device, before);
      // It keeps casts of the parameters, which the next step has changed.
      clear_cache();
    }
  }
}
