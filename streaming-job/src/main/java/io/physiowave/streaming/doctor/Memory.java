package io.physiowave.streaming.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The memory of the machine, or of the container when that has less. */
final class Memory {
  private static final String NAME = "memory";
  private static final long MEGABYTE = 1L << 20;

  /** The demonstration's heap may grow to 2 GB; native memory and the page come on top. */
  private static final long NEEDED = 2500 * MEGABYTE;

  private static final long COMFORTABLE = 3500 * MEGABYTE;
  private static final Path MEMORY_INFO = Path.of("/proc/meminfo");

  private Memory() {}

  static Finding examine() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long total = system.getTotalMemorySize();
    long free = available().orElse(system.getFreeMemorySize());
    return judge(total, Math.min(total, free));
  }

  /**
   * @param total bytes that this process may use at most
   * @param free bytes of it that nobody uses
   */
  static Finding judge(long total, long free) {
    String found = total / MEGABYTE + " MB, " + free / MEGABYTE + " MB free";
    if (total < NEEDED) {
      return Finding.fail(
          NAME, found, "The demo needs " + NEEDED / MEGABYTE + " MB; raise the container's limit.");
    }
    if (free < COMFORTABLE) {
      return Finding.warn(NAME, found, "Close other programs; the demo takes up to 3 GB.");
    }
    return Finding.ok(NAME, found);
  }

  /** What Linux could give out, which counts what it only caches as free. */
  private static OptionalLong available() {
    try {
      if (!Files.isReadable(MEMORY_INFO)) {
        return OptionalLong.empty();
      }
      return Files.readAllLines(MEMORY_INFO).stream()
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
