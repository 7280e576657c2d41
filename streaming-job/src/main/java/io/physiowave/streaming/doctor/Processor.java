package io.physiowave.streaming.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processor: cores that this process may use, and the vector instructions among its features.
 */
final class Processor {
  private static final String NAME = "processor";
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** What ONNX Runtime and libtorch pick their kernels by, best last. */
  private static final List<String> VECTOR_FEATURES =
      List.of(
          "asimd",
          "asimddp",
          "sve",
          "sse4_2",
          "avx",
          "f16c",
          "fma",
          "avx2",
          "avx512f",
          "avx512_vnni",
          "avx_vnni",
          "avx512_bf16",
          "amx_tile",
          "amx_int8",
          "amx_bf16");

  private Processor() {}

  static Finding examine() {
    return judge(
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        cpuInfo());
  }

  /**
   * @param system operating system and architecture
   * @param cores that this process may use
   * @param cpuInfo Linux's description of the processors, or nothing elsewhere
   */
  static Finding judge(String system, int cores, Optional<String> cpuInfo) {
    StringBuilder found = new StringBuilder(system + ", " + cores + " cores");
    if (cpuInfo.isPresent()) {
      value(cpuInfo.get(), "model name").ifPresent(name -> found.append(", ").append(name));
    }
    Set<String> flags = cpuInfo.map(Processor::flags).orElse(Set.of());
    String vectors =
        VECTOR_FEATURES.stream().filter(flags::contains).collect(Collectors.joining(" "));
    found.append(vectors.isEmpty() ? "" : ", " + vectors);
    if (flags.contains("sse4_2") && !flags.contains("avx2")) {
      return Finding.warn(
          NAME,
          found.toString(),
          "Without AVX2 models run several times slower; use another host.");
    }
    if (cores < 2) {
      return Finding.warn(
          NAME, found.toString(), "Broker, Flink and models share one core; give it two or more.");
    }
    return Finding.ok(NAME, found.toString());
  }

  private static Set<String> flags(String cpuInfo) {
    return Stream.of("flags", "Features")
        .flatMap(key -> value(cpuInfo, key).stream())
        .flatMap(line -> Arrays.stream(line.split(" ")))
        .collect(Collectors.toSet());
  }

  private static Optional<String> value(String cpuInfo, String key) {
    return cpuInfo
        .lines()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2 && parts[0].strip().equals(key))
        .map(parts -> parts[1].strip())
        .findFirst();
  }

  private static Optional<String> cpuInfo() {
    try {
      return Files.isReadable(CPU_INFO)
          ? Optional.of(Files.readString(CPU_INFO))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
