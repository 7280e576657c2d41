package io.physiowave.cluster.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.cluster.layout.ClusterFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what a job goes on after its cluster was down. */
class RetainedCheckpointsTest {
  @TempDir private Path directory;

  private ClusterFolder folder() {
    return new ClusterFolder(directory.resolve("a cluster"));
  }

  private static Path complete(Path state, long id) throws IOException {
    Path metadata = Files.createDirectories(state).resolve("_metadata");
    try (OutputStream out = Files.newOutputStream(metadata)) {
      Checkpoints.storeCheckpointMetadata(new CheckpointMetadata(id, List.of(), List.of()), out);
    }
    return metadata;
  }

  @Test
  void a_new_folder_has_none() {
    assertThat(RetainedCheckpoints.latest(folder())).isEmpty();
  }

  @Test
  void the_latest_checkpoint_of_any_job_is_taken() throws IOException {
    complete(folder().checkpoints().resolve("job-1/chk-9"), 9);
    complete(folder().checkpoints().resolve("job-2/chk-11"), 11);
    complete(folder().checkpoints().resolve("job-2/chk-10"), 10);
    assertThat(RetainedCheckpoints.latest(folder()))
        .hasValueSatisfying(
            uri -> assertThat(uri).endsWith("/a cluster/state/checkpoints/job-2/chk-11/"));
  }

  @Test
  void a_later_savepoint_is_taken_instead() throws IOException {
    complete(folder().checkpoints().resolve("job-1/chk-9"), 9);
    complete(folder().savepoints().resolve("savepoint-1"), 10);
    assertThat(RetainedCheckpoints.latest(folder()))
        .hasValueSatisfying(uri -> assertThat(uri).endsWith("/state/savepoints/savepoint-1/"));
  }

  /** As when the folder was copied, or the system's clock set back. */
  @Test
  void the_latest_is_not_the_one_whose_file_is() throws IOException {
    Path first = complete(folder().checkpoints().resolve("job-1/chk-9"), 9);
    Path last = complete(folder().checkpoints().resolve("job-1/chk-10"), 10);
    Path savepoint = complete(folder().savepoints().resolve("savepoint-1"), 8);
    Files.setLastModifiedTime(savepoint, FileTime.fromMillis(300_000));
    Files.setLastModifiedTime(first, FileTime.fromMillis(200_000));
    Files.setLastModifiedTime(last, FileTime.fromMillis(100_000));

    assertThat(RetainedCheckpoints.latest(folder()))
        .hasValueSatisfying(uri -> assertThat(uri).endsWith("/job-1/chk-10/"));
  }

  @Test
  void one_that_cannot_be_read_is_not_the_latest() throws IOException {
    complete(folder().checkpoints().resolve("job-1/chk-9"), 9);
    Files.writeString(complete(folder().checkpoints().resolve("job-1/chk-10"), 10), "{bad");

    assertThat(RetainedCheckpoints.latest(folder()))
        .hasValueSatisfying(uri -> assertThat(uri).endsWith("/job-1/chk-9/"));
  }

  @Test
  void one_that_was_not_finished_is_left_out() throws IOException {
    complete(folder().checkpoints().resolve("job-1/chk-1"), 1);
    Files.createDirectories(folder().checkpoints().resolve("job-1/chk-2"));
    assertThat(RetainedCheckpoints.latest(folder()))
        .hasValueSatisfying(uri -> assertThat(uri).endsWith("/chk-1/"));
  }

  @Test
  void all_go_but_copies_of_models_for_a_job_that_begins_with_nothing() throws IOException {
    RetainedCheckpoints.delete(folder());
    complete(folder().checkpoints().resolve("job-1/chk-1"), 1);
    complete(folder().savepoints().resolve("savepoint-1"), 2);
    Path copy = Files.createDirectories(folder().models()).resolve("1f2e.onnx");
    Files.writeString(copy, "a model");

    RetainedCheckpoints.delete(folder());

    assertThat(RetainedCheckpoints.latest(folder())).isEmpty();
    assertThat(folder().savepoints()).doesNotExist();
    assertThat(folder().checkpoints()).isDirectoryNotContaining(file -> !file.endsWith("models"));
    assertThat(copy).hasContent("a model");
  }
}
