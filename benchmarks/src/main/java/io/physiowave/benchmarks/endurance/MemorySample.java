package io.physiowave.benchmarks.endurance;

import io.physiowave.cluster.LocalCluster;
import io.physiowave.cluster.process.ResidentMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a TaskManager holds at a moment.
 *
 * @param heapBytes heap in use, garbage included
 * @param metaspaceBytes classes in memory
 * @param directBytes buffers outside the heap
 * @param residentBytes all memory of the process, native included, as the system counts it
 * @param temporaryFiles files in its folder for temporary files
 * @param temporaryBytes their size
 */
record MemorySample(
    long heapBytes,
    long metaspaceBytes,
    long directBytes,
    long residentBytes,
    long temporaryFiles,
    long temporaryBytes) {
  private static final String HEAP = "Status.JVM.Memory.Heap.Used";
  private static final String METASPACE = "Status.JVM.Memory.Metaspace.Used";
  private static final String DIRECT = "Status.JVM.Memory.Direct.MemoryUsed";

  /** Asks Flink and the system. */
  static MemorySample of(LocalCluster cluster, String taskManager) {
    Map<String, String> metrics =
        cluster
            .flink()
            .metrics(
                "/taskmanagers/"
                    + taskManager
                    + "/metrics?get="
                    + String.join(",", List.of(HEAP, METASPACE, DIRECT)));
    long[] files = files(cluster.folder().tmp(taskManager));
    return new MemorySample(
        number(metrics, HEAP),
        number(metrics, METASPACE),
        number(metrics, DIRECT),
        ResidentMemory.of(cluster.processes().handle(taskManager).orElseThrow().pid()),
        files[0],
        files[1]);
  }

  private static long number(Map<String, String> metrics, String name) {
    return Long.parseLong(metrics.getOrDefault(name, "0"));
  }

  private static long[] files(Path directory) {
    long[] found = new long[2];
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found[0]++;
        found[1] += Files.size(file);
      }
      return found;
    } catch (IOException | UncheckedIOException e) {
      // A file that goes while it is looked at is temporary indeed.
      return found;
    }
  }
}
