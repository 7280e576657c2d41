package io.physiowave.benchmarks.endurance;

import io.physiowave.cluster.LocalCluster;
import io.physiowave.cluster.process.ResidentMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a TaskManager holds at a moment.
 *
 * @param heapBytes heap in use
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
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String HEAP = "Status.JVM.Memory.Heap.Used";
  private static final String METASPACE = "Status.JVM.Memory.Metaspace.Used";
  private static final String DIRECT = "Status.JVM.Memory.Direct.MemoryUsed";

  /** As it is, garbage included. Flink's figures are up to ten seconds old. */
  static MemorySample of(LocalCluster cluster, String taskManager) {
    String path =
        "/taskmanagers/"
            + taskManager
            + "/metrics?get="
            + String.join(",", List.of(HEAP, METASPACE, DIRECT));
    List<Map<String, String>> metrics = new ArrayList<>();
    // The first question only makes the JobManager ask.
    cluster.await(
        "metrics",
        PATIENCE,
        () -> {
          metrics.clear();
          metrics.add(cluster.flink().metrics(path));
          return metrics.get(0).containsKey(DIRECT);
        });
    long[] files = files(cluster.folder().tmp(taskManager));
    return new MemorySample(
        number(metrics.get(0), HEAP),
        number(metrics.get(0), METASPACE),
        number(metrics.get(0), DIRECT),
        ResidentMemory.of(pid(cluster, taskManager)),
        files[0],
        files[1]);
  }

  /** After a full collection: what is held, and nothing that only waits to be collected. */
  static MemorySample live(LocalCluster cluster, String taskManager)
      throws IOException, InterruptedException {
    LiveMemory live = LiveMemory.of(pid(cluster, taskManager));
    MemorySample now = of(cluster, taskManager);
    return new MemorySample(
        live.heapBytes(),
        live.metaspaceBytes(),
        now.directBytes(),
        now.residentBytes(),
        now.temporaryFiles(),
        now.temporaryBytes());
  }

  private static long pid(LocalCluster cluster, String taskManager) {
    return cluster.processes().handle(taskManager).orElseThrow().pid();
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
