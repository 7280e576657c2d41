package io.physiowave.training.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The process's peak resident memory since the last reset, where the system tells (Linux). */
final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path RESET = Path.of("/proc/self/clear_refs");
  private static final Path MACHINE = Path.of("/proc/meminfo");
  private static final String PEAK = "VmHWM:";
  private static final String RESIDENT = "VmRSS:";
  private static final String AVAILABLE = "MemAvailable:";

  private PeakMemory() {}

  /** Starts counting anew; without effect where the system has no such switch. */
  static void reset() throws IOException {
    if (Files.isWritable(RESET)) {
      Files.writeString(RESET, "5");
    }
  }

  /** Bytes, or nothing where the system does not tell. */
  static OptionalLong bytes() throws IOException {
    return read(STATUS, PEAK);
  }

  /** Bytes resident now, or nothing where the system does not tell. */
  static OptionalLong resident() throws IOException {
    return read(STATUS, RESIDENT);
  }

  /** Bytes that the machine could still give to processes, where the system tells. */
  static OptionalLong available() throws IOException {
    return read(MACHINE, AVAILABLE);
  }

  private static OptionalLong read(Path file, String field) throws IOException {
    if (!Files.isReadable(file)) {
      return OptionalLong.empty();
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst();
  }
}
