package io.physiowave.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.physiowave.cluster.layout.ClusterFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command that is interrupted leaves behind. */
class LocalClusterTest {
  @TempDir private Path directory;

  @Test
  void starts_nothing_once_it_is_interrupted() {
    LocalCluster cluster =
        new LocalCluster(
            new ClusterFolder(directory),
            new ClusterPlan(1, 1, 128, 0, List.of(), ClusterPlan.Ports.anyFree(1)));
    cluster.interrupt();
    assertThatExceptionOfType(ClusterFailedException.class)
        .isThrownBy(() -> cluster.start(cluster.missing()))
        .withMessage("interrupted");
    assertThat(cluster.processes().names()).isEmpty();
  }
}
