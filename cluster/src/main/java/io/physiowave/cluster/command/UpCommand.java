package io.physiowave.cluster.command;

import io.physiowave.cluster.ClusterFailedException;
import io.physiowave.cluster.ClusterLock;
import io.physiowave.cluster.ClusterPlan;
import io.physiowave.cluster.JobSubmission;
import io.physiowave.cluster.LocalCluster;
import io.physiowave.cluster.layout.ClusterFolder;
import io.physiowave.connectors.command.CommandRunner;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code physiowave cluster up}. */
@Command(
    name = "up",
    sortOptions = false,
    description = {
      "Starts a cluster, or what of it does not run, submits the job and waits for labels.",
      "",
      "A job goes on by itself when a JobManager or TaskManager that died is started again, and"
          + " after 'down' from its latest checkpoint, with the options that it had. What fails to"
          + " start is taken down again."
    })
final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterLocation location;
  @Mixin private ClusterShape shape;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description =
          "Instances of each operator of the job (default: as before, at first all slots).")
  private Integer parallelism;

  @Option(names = "--no-job", description = "Start the processes and submit nothing.")
  private boolean noJob;

  @Option(
      names = "--patience",
      paramLabel = "S",
      description = "Seconds to wait for the first label (default: ${DEFAULT-VALUE}).",
      defaultValue = "60")
  private long patienceSeconds;

  @Override
  public Integer call() {
    ClusterFolder folder = location.folder();
    ClusterLock.whileLocked(folder, () -> up(folder));
    return CommandRunner.SUCCESS;
  }

  private void up(ClusterFolder folder) {
    Progress progress = new Progress(spec.commandLine().getOut());
    LocalCluster cluster = new LocalCluster(folder, plan(folder, progress));
    List<String> missing = cluster.missing();
    try (CleanUp cleanUp = new CleanUp(cluster, missing)) {
      bringUp(cluster, missing, progress);
      cleanUp.notNeeded();
    }
    announce(cluster, progress);
  }

  private ClusterPlan plan(ClusterFolder folder, Progress progress) {
    Optional<ClusterPlan> before = ClusterPlan.in(folder);
    if (before.isEmpty()) {
      return shape.plan(before);
    }
    LocalCluster cluster = new LocalCluster(folder, before.get());
    List<String> running = cluster.processes().names();
    running = running.stream().filter(cluster.processes()::isUp).toList();
    if (running.isEmpty()) {
      cluster.stop();
      return shape.plan(before);
    }
    if (!shape.agreesWith(before.get())) {
      throw new ClusterFailedException(
          "a cluster of "
              + before.get().taskManagers()
              + " TaskManagers with "
              + before.get().slots()
              + " slots, "
              + before.get().gateways()
              + " simulated devices and the models "
              + String.join(", ", before.get().models())
              + " runs already in "
              + folder.root()
              + "; take it down first to change it, its ports or its models");
    }
    progress.step("Running already: " + String.join(", ", running));
    return before.get();
  }

  private void bringUp(LocalCluster cluster, List<String> missing, Progress progress) {
    JobSubmission before = cluster.again();
    JobSubmission submission = parallelism == null ? before : before.withParallelism(parallelism);
    if (!noJob) {
      progress.doing("Checking the job", () -> submission.check(cluster.plan(), cluster.folder()));
    }
    if (!missing.isEmpty()) {
      progress.doing("Starting " + String.join(", ", missing), () -> cluster.start(missing));
    }
    if (noJob) {
      return;
    }
    if (cluster.flink().activeJob().isEmpty()) {
      Optional<String> state = cluster.latestState();
      progress.doing(
          "Submitting the job" + state.map(uri -> " from " + uri).orElse(""),
          () -> cluster.submit(submission, state));
    } else {
      progress.doing("Waiting for the job", cluster::awaitJob);
      if (submission.parallelism() != before.parallelism()) {
        progress.step(
            "The job goes on with --parallelism "
                + before.parallelism()
                + "; 'physiowave cluster submit --parallelism "
                + submission.parallelism()
                + "' changes it");
      }
    }
    progress.doing(
        "Waiting for labels", () -> cluster.awaitLabels(Duration.ofSeconds(patienceSeconds)));
  }

  private static void announce(LocalCluster cluster, Progress progress) {
    PrintWriter out = progress.out();
    out.println("Live page   http://localhost:" + cluster.plan().ports().page());
    if (cluster.plan().hasGateway()) {
      out.println("Gateway     http://localhost:" + cluster.plan().ports().gateway());
    }
    out.println("Flink       " + cluster.flink().address());
    out.println("Kafka       " + cluster.plan().bootstrapServers());
    out.println("Folder      " + cluster.folder().root());
    out.flush();
  }
}
