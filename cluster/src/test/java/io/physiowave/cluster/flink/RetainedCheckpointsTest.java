package io.physiowave.cluster.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.cluster.layout.ClusterFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what a job goes on after its cluster was down. */
class RetainedCheckpointsTest {
  @TempDir private Path directory;

  private ClusterFolder folder() {
    return new ClusterFolder(directory.resolve("a cluster"));
  }

  private static void complete(Path state, long second) throws IOException {
    Path metadata = Files.createFile(Files.createDirectories(state).resolve("_metadata"));
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(second * 1_000));
  }

  @Test
  void a_new_folder_has_none() {
    assertThat(RetainedCheckpoints.latest(folder())).isEmpty();
  }

  @Test
  void the_latest_checkpoint_of_any_job_is_taken() throws IOException {
    complete(folder().checkpoints().resolve("job-1/chk-9"), 100);
    complete(folder().checkpoints().resolve("job-2/chk-2"), 300);
    complete(folder().checkpoints().resolve("job-2/chk-1"), 200);
    assertThat(RetainedCheckpoints.latest(folder()))
        .hasValueSatisfying(
            uri -> assertThat(uri).endsWith("/a cluster/state/checkpoints/job-2/chk-2/"));
  }

  @Test
  void a_later_savepoint_is_taken_instead() throws IOException {
    complete(folder().checkpoints().resolve("job-1/chk-9"), 100);
    complete(folder().savepoints().resolve("savepoint-1"), 101);
    assertThat(RetainedCheckpoints.latest(folder()))
        .hasValueSatisfying(uri -> assertThat(uri).endsWith("/state/savepoints/savepoint-1/"));
  }

  @Test
  void one_that_was_not_finished_is_left_out() throws IOException {
    complete(folder().checkpoints().resolve("job-1/chk-1"), 100);
    Files.createDirectories(folder().checkpoints().resolve("job-1/chk-2"));
    assertThat(RetainedCheckpoints.latest(folder()))
        .hasValueSatisfying(uri -> assertThat(uri).endsWith("/chk-1/"));
  }

  @Test
  void all_go_but_copies_of_models_for_a_job_that_begins_with_nothing() throws IOException {
    RetainedCheckpoints.delete(folder());
    complete(folder().checkpoints().resolve("job-1/chk-1"), 100);
    complete(folder().savepoints().resolve("savepoint-1"), 200);
    Path copy = Files.createDirectories(folder().models()).resolve("1f2e.onnx");
    Files.writeString(copy, "a model");

    RetainedCheckpoints.delete(folder());

    assertThat(RetainedCheckpoints.latest(folder())).isEmpty();
    assertThat(folder().savepoints()).doesNotExist();
    assertThat(folder().checkpoints()).isDirectoryNotContaining(file -> !file.endsWith("models"));
    assertThat(copy).hasContent("a model");
  }
}
