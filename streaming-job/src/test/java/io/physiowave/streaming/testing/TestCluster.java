package io.physiowave.streaming.testing;

import io.physiowave.streaming.StreamingJob;
import io.physiowave.streaming.options.JobOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A Flink cluster in this JVM whose task managers can be killed. */
public final class TestCluster implements AutoCloseable {
  private final MiniCluster cluster;
  private final RecoveryClaimMode claimMode;
  private int replaced;

  private TestCluster(MiniCluster cluster, RecoveryClaimMode claimMode) {
    this.cluster = cluster;
    this.claimMode = claimMode;
  }

  /** Starts task managers with a number of slots each. */
  public static TestCluster start(int taskManagers, int slots) throws Exception {
    return start(taskManagers, slots, Map.of());
  }

  /** Starts task managers with a number of slots each, and further settings of Flink. */
  public static TestCluster start(int taskManagers, int slots, Map<String, String> further)
      throws Exception {
    Configuration settings = Configuration.fromMap(further);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(8));
    // What answers late on a busy machine is not dead; task managers that are killed say goodbye.
    settings.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofMinutes(1));
    settings.set(RpcOptions.ASK_TIMEOUT_DURATION, Duration.ofMinutes(1));
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(taskManagers)
                .setNumSlotsPerTaskManager(slots)
                .withRandomPorts()
                .build());
    cluster.start();
    return new TestCluster(cluster, settings.get(StateRecoveryOptions.RESTORE_MODE));
  }

  /** Submits the job and returns when it runs. */
  public JobID submit(JobOptions options, Optional<String> savepoint) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    StreamingJob.build(env, options);
    JobGraph graph = env.getStreamGraph().getJobGraph();
    savepoint.ifPresent(
        path ->
            graph.setSavepointRestoreSettings(
                SavepointRestoreSettings.forPath(path, false, claimMode)));
    JobID job = cluster.submitJob(graph).get().getJobID();
    try {
      awaitRunning(job);
    } catch (ConditionTimeoutException e) {
      cancel(job);
      throw e;
    }
    return job;
  }

  /** Waits until every task of a job runs. */
  public void awaitRunning(JobID job) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(
            () ->
                cluster.getJobStatus(job).get() == JobStatus.RUNNING
                    && cluster.getExecutionGraph(job).get().getAllVertices().values().stream()
                        .allMatch(vertex -> vertex.getAggregateState() == ExecutionState.RUNNING));
  }

  /** Waits until a job has started anew after a failure and runs again. */
  public void awaitRestarted(JobID job) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(
            () ->
                StreamSupport.stream(
                        cluster
                            .getExecutionGraph(job)
                            .get()
                            .getAllExecutionVertices()
                            .spliterator(),
                        false)
                    .anyMatch(
                        vertex -> vertex.getCurrentExecutionAttempt().getAttemptNumber() > 0));
    awaitRunning(job);
  }

  /** Kills the oldest task manager, losing all that is in flight there, and starts another. */
  public void replaceTaskManager() throws Exception {
    cluster.terminateTaskManager(replaced++).get();
    cluster.startTaskManager();
  }

  /** Takes a checkpoint now, or fails when it is not there within three minutes. */
  public void checkpoint(JobID job) throws Exception {
    cluster.triggerCheckpoint(job).get(3, TimeUnit.MINUTES);
  }

  /** Size of all state in the job's latest checkpoint. */
  public long checkpointedBytes(JobID job) throws Exception {
    return cluster
        .getExecutionGraph(job)
        .get()
        .getCheckpointStatsSnapshot()
        .getHistory()
        .getLatestCompletedCheckpoint()
        .getStateSize();
  }

  /** Whether no task of a job has failed so far. */
  public boolean hasNeverFailed(JobID job) throws Exception {
    return StreamSupport.stream(
            cluster.getExecutionGraph(job).get().getAllExecutionVertices().spliterator(), false)
        .allMatch(vertex -> vertex.getCurrentExecutionAttempt().getAttemptNumber() == 0);
  }

  /** Stops a job with a savepoint and returns the savepoint's path. */
  public String stopWithSavepoint(JobID job, String directory) throws Exception {
    return cluster.stopWithSavepoint(job, directory, false, SavepointFormatType.CANONICAL).get();
  }

  /** Cancels a job and waits for its end. */
  public void cancel(JobID job) {
    cluster.cancelJob(job).join();
    cluster.requestJobResult(job).join();
  }

  @Override
  public void close() {
    cluster.closeAsync().join();
  }
}
