package io.physiowave.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.cluster.layout.ClusterFolder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobSubmissionTest {
  private static final String MODEL = "../models/emg-gestures.onnx";

  @TempDir private Path directory;
  private ClusterFolder folder;
  private ClusterPlan plan;

  @BeforeEach
  void plan() {
    folder = new ClusterFolder(directory);
    plan =
        new ClusterPlan(
            1, 2, 64, 0, List.of("../models/ecg-beats.onnx"), ClusterPlan.Ports.anyFree(1));
  }

  @Test
  void what_is_given_wins_over_what_the_cluster_says() {
    JobSubmission submission =
        new JobSubmission(
            2, List.of("--models", MODEL, "--checkpoint-interval=9s", "--audit", "false"));

    submission.check(plan, folder);
    List<String> arguments = submission.arguments(plan, folder);
    assertThat(arguments)
        .containsSequence("--models", MODEL)
        .containsSequence("--audit", "false")
        .containsSequence("--parallelism", "2")
        .contains("--checkpoint-interval=9s")
        .doesNotContain("--checkpoint-interval", "true");
    assertThat(Collections.frequency(arguments, "--models")).isEqualTo(1);
  }

  @Test
  void a_mistake_is_found_before_anything_is_touched() {
    assertThatThrownBy(() -> new JobSubmission(2, List.of("--votes", "none")).check(plan, folder))
        .isInstanceOf(ClusterFailedException.class)
        .hasMessageContaining("votes");
  }
}
