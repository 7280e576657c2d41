package io.physiowave.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.cluster.layout.ClusterFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastSubmissionTest {
  private static final JobSubmission NARROW = new JobSubmission(2, List.of("--votes", "5"));

  @TempDir private Path directory;

  private LocalCluster cluster(int taskManagers) {
    return new LocalCluster(
        new ClusterFolder(directory),
        new ClusterPlan(
            taskManagers, 2, 64, 0, List.of(), ClusterPlan.Ports.anyFree(taskManagers)));
  }

  private void submitted(LocalCluster cluster) {
    LastSubmission.write(cluster.folder(), cluster.plan(), NARROW);
  }

  @Test
  void the_first_takes_all_slots() {
    assertThat(cluster(2).again()).isEqualTo(new JobSubmission(4, List.of()));
  }

  @Test
  void the_next_is_as_the_last() {
    submitted(cluster(2));

    assertThat(cluster(2).again()).isEqualTo(NARROW);
  }

  @Test
  void the_next_takes_all_slots_where_there_are_others_and_keeps_the_options() {
    submitted(cluster(2));

    assertThat(cluster(3).again()).isEqualTo(NARROW.withParallelism(6));
    assertThat(cluster(1).again()).isEqualTo(NARROW.withParallelism(2));
  }

  @Test
  void a_damaged_file_is_named() throws Exception {
    submitted(cluster(1));
    Files.writeString(directory.resolve("submission.json"), "{");

    assertThatThrownBy(() -> cluster(1).again())
        .hasMessageContaining("submission.json is not what a submission writes; delete it");
  }
}
