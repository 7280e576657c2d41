package io.physiowave.benchmarks.endurance;

import io.physiowave.cluster.ClusterPlan;
import io.physiowave.cluster.LocalCluster;
import io.physiowave.cluster.layout.ClusterFolder;
import io.physiowave.quickstart.embedded.DirectoryTree;
import java.nio.file.Path;
import java.util.List;

/** A cluster of one TaskManager for a measurement; ended with it, however that ends. */
final class BenchCluster implements AutoCloseable {
  private static final String HOME = "physiowave.home";
  private static final int SLOTS = 2;

  private final LocalCluster cluster;
  private final Thread hook;
  private boolean keep = true;

  /**
   * Starts one.
   *
   * @param name of its folder under target
   * @param heapMegabytes of the TaskManager, for the job
   * @param gateways simulated devices, as processes
   */
  BenchCluster(String name, long heapMegabytes, int gateways, List<String> models) {
    ClusterFolder folder = new ClusterFolder(home().resolve("target").resolve(name));
    DirectoryTree.delete(folder.root());
    cluster =
        new LocalCluster(
            folder,
            new ClusterPlan(
                1,
                SLOTS,
                heapMegabytes,
                gateways,
                models.stream()
                    .map(model -> home().resolve("models").resolve(model))
                    .map(path -> path.toAbsolutePath().toString())
                    .toList(),
                ClusterPlan.Ports.anyFree(1)));
    hook =
        new Thread(
            () -> {
              cluster.interrupt();
              cluster.stop();
            },
            "cluster-clean-up");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      cluster.start(cluster.missing());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  static Path home() {
    return Path.of(System.getProperty(HOME, "."));
  }

  LocalCluster cluster() {
    return cluster;
  }

  /** All went well: nobody will look for the logs. */
  void deleteAfterwards() {
    keep = false;
  }

  @Override
  public void close() {
    cluster.stop();
    if (!keep) {
      DirectoryTree.delete(cluster.folder().root());
    }
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}
