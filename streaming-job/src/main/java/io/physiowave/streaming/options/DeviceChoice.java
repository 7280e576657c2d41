package io.physiowave.streaming.options;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where models run.
 *
 * @param kind processor, CUDA device, or whichever works
 * @param index number of the CUDA device, 0 or more
 */
public record DeviceChoice(Kind kind, int index) implements Serializable {
  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

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
    CUDA
  }

  /**
   * Reads {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}.
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
    Matcher cuda = CUDA.matcher(folded);
    if (!cuda.matches()) {
      throw new IllegalArgumentException(
          "device is '" + text + "'; expected auto, cpu, cuda or cuda:N");
    }
    return new DeviceChoice(Kind.CUDA, cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
  }

  @Override
  public String toString() {
    return kind == Kind.CUDA ? "cuda:" + index : kind.name().toLowerCase(Locale.ROOT);
  }
}
