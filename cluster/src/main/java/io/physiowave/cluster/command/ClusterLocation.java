package io.physiowave.cluster.command;

import io.physiowave.cluster.ClusterFailedException;
import io.physiowave.cluster.ClusterPlan;
import io.physiowave.cluster.LocalCluster;
import io.physiowave.cluster.layout.ClusterFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says which cluster is meant. */
final class ClusterLocation {
  private static final String HOME = "physiowave.home";

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description =
          "Folder of the cluster: configuration, logs, data. Another folder is another cluster"
              + " (default: target/cluster beside the launcher).")
  private Path directory;

  /** The folder, which need not exist. */
  ClusterFolder folder() {
    return new ClusterFolder(directory == null ? home().resolve("target/cluster") : directory);
  }

  /** The repository's root. */
  static Path home() {
    return Path.of(System.getProperty(HOME, "."));
  }

  /**
   * The cluster that was started there.
   *
   * @throws ClusterFailedException when none was
   */
  LocalCluster cluster() {
    ClusterFolder folder = folder();
    ClusterPlan plan =
        ClusterPlan.in(folder)
            .orElseThrow(
                () ->
                    new ClusterFailedException(
                        "no cluster was started in "
                            + folder.root()
                            + "; 'physiowave cluster up' starts one"));
    return new LocalCluster(folder, plan);
  }
}
