package io.physiowave.streaming.infer;

import java.util.Collection;
import java.util.OptionalInt;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * The CUDA device that Flink gave this TaskManager as its external resource {@value #RESOURCE}. It
 * belongs to the process, as the models' sessions do, which all slots share.
 */
final class AssignedDevice {
  private static final String RESOURCE = "gpu";

  /** The property by which Flink's own GPU driver names a device. */
  private static final String INDEX = "index";

  private static volatile int index;

  private AssignedDevice() {}

  /** Asks Flink; without external resources the device remains number 0. */
  static void learn(RuntimeContext context) {
    lowest(context.getExternalResourceInfos(RESOURCE)).ifPresent(device -> index = device);
  }

  /** The device that {@code inference.device=auto} tries. */
  static int index() {
    return index;
  }

  /** Of several devices the one with the lowest number: one serves a TaskManager's models. */
  static OptionalInt lowest(Collection<? extends ExternalResourceInfo> devices) {
    return devices.stream()
        .flatMap(device -> device.getProperty(INDEX).stream())
        .filter(number -> number.matches("\\d{1,3}"))
        .mapToInt(Integer::parseInt)
        .min();
  }
}
