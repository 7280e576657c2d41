package io.physiowave.streaming.options;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where models run.
 *
 * @param kind processor, NVIDIA device, or whichever works
 * @param index number of the device, 0 or more
 */
public record DeviceChoice(Kind kind, int index) implements Serializable {
  private static final Pattern DEVICE = Pattern.compile("(cuda|tensorrt)(?::(\\d{1,3}))?");

  /** A CUDA device if one really works, otherwise the processor. */
  public static final DeviceChoice AUTO = new DeviceChoice(Kind.AUTO, 0);

  /** The processor. */
  public static final DeviceChoice CPU = new DeviceChoice(Kind.CPU, 0);

  /** What was asked for. */
  public enum Kind {
    /** Whichever works, CUDA first. */
    AUTO,
    /** The processor. */
    CPU,
    /** A CUDA device and nothing else. */
    CUDA,
    /** A CUDA device by way of TensorRT, which compiles the model for it first. */
    TENSORRT
  }

  /**
   * Reads {@code auto}, {@code cpu}, {@code cuda:N} or {@code tensorrt:N}; the number may be left
   * out for 0.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static DeviceChoice parse(String text) {
    String folded = text.strip().toLowerCase(Locale.ROOT);
    if (folded.equals("auto")) {
      return AUTO;
    }
    if (folded.equals("cpu")) {
      return CPU;
    }
    Matcher device = DEVICE.matcher(folded);
    if (!device.matches()) {
      throw new IllegalArgumentException(
          "device is '" + text + "'; expected auto, cpu, cuda:N or tensorrt:N");
    }
    return new DeviceChoice(
        Kind.valueOf(device.group(1).toUpperCase(Locale.ROOT)),
        device.group(2) == null ? 0 : Integer.parseInt(device.group(2)));
  }

  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return kind == Kind.CUDA || kind == Kind.TENSORRT ? name + ":" + index : name;
  }
}
