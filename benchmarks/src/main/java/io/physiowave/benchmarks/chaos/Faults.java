package io.physiowave.benchmarks.chaos;

import io.physiowave.cluster.ClusterFailedException;
import io.physiowave.cluster.ClusterPlan;
import io.physiowave.cluster.JobSubmission;
import io.physiowave.cluster.LocalCluster;
import io.physiowave.cluster.flink.FlinkProcesses;
import io.physiowave.cluster.flink.JobSummary;
import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.streaming.control.ControlTopics;
import io.physiowave.streaming.control.ModelDeployment;
import io.physiowave.streaming.control.ModelRelease;
import io.physiowave.streaming.control.ModelStatus;
import io.physiowave.streaming.model.ServedModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done to the cluster, and what an operator then does. Each returns when the job has
 * recovered: all of it runs and a checkpoint that began afterwards is complete.
 */
final class Faults {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> OFTEN = List.of("--checkpoint-interval", "3s");

  private final LocalCluster cluster;

  Faults(LocalCluster cluster) {
    this.cluster = cluster;
  }

  /** Begins the job. */
  void submit(int parallelism, Optional<String> from) {
    cluster.submit(new JobSubmission(parallelism, OFTEN), from);
  }

  /** Another TaskManager takes its place; Flink does the rest. */
  void killTaskManager() {
    String victim = FlinkProcesses.taskManager(1);
    cluster.processes().kill(victim);
    cluster.restart(victim);
    awaitRecovery(System.currentTimeMillis());
  }

  /** Another JobManager takes its place, learns of the job from ZooKeeper and goes on with it. */
  void killJobManager() {
    String job = job().id();
    cluster.processes().kill(FlinkProcesses.JOB_MANAGER);
    cluster.restart(FlinkProcesses.JOB_MANAGER);
    awaitRecovery(System.currentTimeMillis());
    if (!job().id().equals(job)) {
      throw new ClusterFailedException("the JobManager does not go on with job " + job);
    }
  }

  /** Whoever leads goes on leading unless ZooKeeper is away for longer than its sessions last. */
  void killZooKeeper() {
    cluster.processes().kill(FlinkProcesses.ZOO_KEEPER);
    cluster.restart(FlinkProcesses.ZOO_KEEPER);
    awaitRecovery(System.currentTimeMillis());
  }

  /** Clients wait for the broker, and what they could not deliver they deliver then. */
  void killBroker() {
    cluster.processes().kill(ClusterPlan.BROKER);
    cluster.restart(ClusterPlan.BROKER);
    awaitRecovery(System.currentTimeMillis());
  }

  /** The job stops with a savepoint and goes on from it with more instances. */
  void rescale(int parallelism) {
    String savepoint = cluster.stopJob(job().id());
    submit(parallelism, Optional.of(savepoint));
    awaitRecovery(System.currentTimeMillis());
  }

  /** A new version of a model takes over while the job runs. */
  void swapModel(ServedModel next) {
    try (ControlTopics topics =
        new ControlTopics(
            cluster.plan().bootstrapServers(),
            SignalTopic.MODELS.topicName(),
            SignalTopic.MODELS_STATUS.topicName(),
            Map.of())) {
      String version = next.card().version();
      ModelDeployment deployment =
          ModelDeployment.empty(next.card().name())
              .publish(new ModelRelease(version, next.location(), next.sha256()))
              .activate(version);
      ModelStatus status =
          topics
              .writeAndWait(deployment, PATIENCE)
              .orElseThrow(
                  () -> new ClusterFailedException("the job says nothing of the new model"));
      if (!status.accepted()) {
        throw new ClusterFailedException("the new model is refused: " + status.reason());
      }
    }
  }

  private JobSummary job() {
    return cluster
        .flink()
        .activeJob()
        .orElseThrow(() -> new ClusterFailedException("no job runs any more"));
  }

  private void awaitRecovery(long sinceMillis) {
    cluster.await(
        "the job to recover",
        PATIENCE,
        () -> {
          JobSummary job = job();
          return job.isRunning()
              && cluster
                      .flink()
                      .checkpoints(job.id())
                      .at("/latest/completed/trigger_timestamp")
                      .asLong()
                  > sinceMillis;
        });
  }

  /** Size of the running job's latest checkpoint, bytes. */
  long stateBytes() {
    return cluster.flink().checkpoints(job().id()).at("/latest/completed/state_size").asLong();
  }

  /** Ends the job with a savepoint, which commits what the audit topic still lacks. */
  void stopJob() {
    cluster.stopJob(job().id());
  }
}
