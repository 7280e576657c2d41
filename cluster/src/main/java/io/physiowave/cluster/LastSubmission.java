package io.physiowave.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.physiowave.cluster.layout.ClusterFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * How the job was submitted last, as written into a cluster's folder: it outlives the cluster's
 * processes.
 *
 * @param parallelism instances of each operator
 * @param slots that the cluster had
 * @param more see {@link JobSubmission#more}
 */
record LastSubmission(int parallelism, int slots, List<String> more) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static void write(ClusterFolder folder, ClusterPlan plan, JobSubmission submission) {
    Path unfinished = folder.submission().resolveSibling("submission.json.new");
    try {
      JSON.writerWithDefaultPrettyPrinter()
          .writeValue(
              unfinished.toFile(),
              new LastSubmission(submission.parallelism(), plan.totalSlots(), submission.more()));
      Files.move(unfinished, folder.submission(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + folder.submission(), e);
    }
  }

  /** For a cluster as it is now; empty when nothing was submitted in its folder. */
  static Optional<JobSubmission> in(ClusterFolder folder, ClusterPlan plan) {
    if (!Files.exists(folder.submission())) {
      return Optional.empty();
    }
    try {
      LastSubmission last = JSON.readValue(folder.submission().toFile(), LastSubmission.class);
      int parallelism = last.slots == plan.totalSlots() ? last.parallelism : plan.totalSlots();
      return Optional.of(new JobSubmission(parallelism, last.more));
    } catch (IOException e) {
      throw new ClusterFailedException(
          folder.submission() + " is not what a submission writes; delete it", e);
    }
  }
}
