package io.physiowave.cluster.command;

import io.physiowave.cluster.ClusterFailedException;
import io.physiowave.cluster.ClusterLock;
import io.physiowave.cluster.JobSubmission;
import io.physiowave.cluster.LocalCluster;
import io.physiowave.cluster.flink.JobSummary;
import io.physiowave.cluster.flink.RetainedCheckpoints;
import io.physiowave.connectors.command.CommandRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code physiowave cluster submit}. */
@Command(
    name = "submit",
    sortOptions = false,
    description = {
      "Submits the job as it is built now: stops the running one with a savepoint and goes on from"
          + " there, so that no label is lost or doubled. So a job is upgraded, and rescaled.",
      "",
      "Where no job runs it goes on from the latest checkpoint or savepoint in the folder."
    },
    footer = {
      "",
      "Examples:",
      "  physiowave cluster submit --parallelism 3",
      "  physiowave cluster submit -- --votes 5 --checkpoint-interval 10s"
    })
final class SubmitCommand implements Callable<Integer> {
  /** What a job begins with. */
  enum Start {
    /** A savepoint of the running job, else the latest checkpoint or savepoint. */
    SAVEPOINT,
    /** The latest checkpoint or savepoint; a running job is cancelled. */
    LATEST,
    /** Nothing; what earlier jobs left is deleted, but for copies of their models. */
    NOTHING
  }

  @Spec private CommandSpec spec;
  @Mixin private ClusterLocation location;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Instances of each operator of the job (default: all slots).")
  private Integer parallelism;

  @Option(
      names = "--from",
      paramLabel = "WHAT",
      description =
          "savepoint of the running job; latest checkpoint, the running job being cancelled; or"
              + " nothing, the checkpoints and savepoints of earlier jobs being deleted (default:"
              + " ${DEFAULT-VALUE}).",
      defaultValue = "SAVEPOINT")
  private Start start;

  @Parameters(
      paramLabel = "OPTION",
      description = "After --: options of 'physiowave job', which win over the cluster's own.")
  private List<String> more = new ArrayList<>();

  @Override
  public Integer call() {
    LocalCluster cluster = location.cluster();
    ClusterLock.whileLocked(cluster.folder(), () -> submit(cluster));
    return CommandRunner.SUCCESS;
  }

  private void submit(LocalCluster cluster) {
    if (!cluster.missing().isEmpty()) {
      throw new ClusterFailedException(
          String.join(", ", cluster.missing())
              + " do not run; 'physiowave cluster up' starts them");
    }
    Progress progress = new Progress(spec.commandLine().getOut());
    JobSubmission submission =
        new JobSubmission(parallelism == null ? cluster.plan().totalSlots() : parallelism, more);
    progress.doing("Checking the job", () -> submission.check(cluster.plan(), cluster.folder()));
    stopRunning(cluster, progress);
    Optional<String> state = state(cluster);
    List<String> job = new ArrayList<>();
    progress.doing(
        "Submitting the job" + state.map(uri -> " from " + uri).orElse(""),
        () -> job.add(cluster.submit(submission, state)));
    progress.step("Job " + job.get(0) + " runs: " + cluster.flink().address());
  }

  private void stopRunning(LocalCluster cluster, Progress progress) {
    Optional<JobSummary> running = cluster.flink().activeJob();
    if (running.isEmpty()) {
      return;
    }
    String id = running.get().id();
    if (start == Start.SAVEPOINT) {
      progress.doing("Stopping job " + id + " with a savepoint", () -> cluster.stopJob(id));
    } else {
      progress.doing("Cancelling job " + id, () -> cluster.cancelJob(id));
    }
  }

  private Optional<String> state(LocalCluster cluster) {
    if (start != Start.NOTHING) {
      return cluster.latestState();
    }
    RetainedCheckpoints.delete(cluster.folder());
    return Optional.empty();
  }
}
