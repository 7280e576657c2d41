package io.physiowave.quickstart.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** A Flink cluster in this JVM, on loopback, with the web interface. */
public final class EmbeddedFlink implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final MiniCluster cluster;
  private final TemporaryDirectory storage;
  private final SourceOffsets sourceOffsets;
  private final int port;

  private EmbeddedFlink(
      MiniCluster cluster, TemporaryDirectory storage, SourceOffsets sourceOffsets, int port) {
    this.cluster = cluster;
    this.storage = storage;
    this.sourceOffsets = sourceOffsets;
    this.port = port;
  }

  /**
   * Starts a JobManager and one TaskManager.
   *
   * @param port of the web interface, 1 to 65535, or 0 for any free one
   * @param slots parallel instances the TaskManager can run, 1 or more
   * @throws PortTakenException when another program holds the port
   * @throws IllegalStateException when the cluster does not come up
   */
  public static EmbeddedFlink start(int port, int slots) {
    int restPort = LoopbackPort.claim(port, "Flink's web interface", "--flink-port");
    TemporaryDirectory storage = TemporaryDirectory.create("physiowave-flink-");
    SourceOffsets sourceOffsets = new SourceOffsets();
    Configuration settings = settings(restPort, slots, storage.path());
    sourceOffsets.addTo(settings);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .setCommonBindAddress("localhost")
                .build());
    EmbeddedFlink flink = new EmbeddedFlink(cluster, storage, sourceOffsets, restPort);
    try {
      cluster.start();
      return flink;
    } catch (Exception e) {
      flink.closeAfter(e);
      throw new IllegalStateException(
          "the embedded Flink cluster did not start with its web interface on port "
              + restPort
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private static Configuration settings(int restPort, int slots, Path storage) {
    Configuration settings = new Configuration();
    settings.set(RestOptions.ADDRESS, "localhost");
    settings.set(RestOptions.BIND_ADDRESS, "localhost");
    settings.set(RestOptions.PORT, restPort);
    settings.set(RestOptions.BIND_PORT, Integer.toString(restPort));
    settings.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
    // Whatever Flink writes goes when the cluster is closed.
    settings.set(CoreOptions.TMP_DIRS, storage.toString());
    settings.set(WebOptions.TMP_DIR, storage.toString());
    settings.set(ClusterOptions.PROCESS_WORKING_DIR_BASE, storage.toString());
    settings.set(BlobServerOptions.STORAGE_DIRECTORY, storage.toString());
    return settings;
  }

  /** Port of the web interface and REST API. */
  public int port() {
    return port;
  }

  Path storage() {
    return storage.path();
  }

  /**
   * A fresh environment to build a job in. A job that fails is restarted a few times, so that a
   * hiccup is survived and a lasting fault comes to light.
   */
  public static StreamExecutionEnvironment environment() {
    Configuration settings = new Configuration();
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 2);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(200));
    return StreamExecutionEnvironment.getExecutionEnvironment(settings);
  }

  /** Address of the web interface. */
  public String address() {
    return "http://localhost:" + port;
  }

  /**
   * Submits what was built in an environment.
   *
   * @param name of the job, for people
   * @throws IllegalStateException when the cluster refuses it
   */
  public JobID submit(StreamExecutionEnvironment environment, String name) {
    StreamGraph stations = environment.getStreamGraph();
    stations.setJobName(name);
    JobGraph graph = stations.getJobGraph();
    await("submitting " + graph.getName(), cluster.submitJob(graph));
    return graph.getJobID();
  }

  /** How a job stands. */
  public JobStatus status(JobID job) {
    return await("asking for the state of job " + job, cluster.getJobStatus(job));
  }

  /**
   * Waits until every task of a job runs, its models loaded.
   *
   * @return false when the job ended instead
   */
  public boolean awaitRunning(JobID job) throws InterruptedException {
    while (!status(job).isTerminalState()) {
      if (allTasksRun(await("asking for job " + job, cluster.getExecutionGraph(job)))) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return false;
  }

  /** A job that is only being set up has no tasks yet, and so none that does not run. */
  private static boolean allTasksRun(AccessExecutionGraph graph) {
    if (graph.getState() != JobStatus.RUNNING) {
      return false;
    }
    for (AccessExecutionVertex task : graph.getAllExecutionVertices()) {
      if (task.getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
    }
    return true;
  }

  /** Why a job failed, or an empty text. */
  public String failure(JobID job) {
    var failure = await("asking for job " + job, cluster.getExecutionGraph(job)).getFailureInfo();
    return failure == null ? "" : failure.getExceptionAsString();
  }

  /**
   * Offset of the record that the job's Kafka sources read next, by partition; a partition is
   * missing while no source reads it.
   */
  public Map<Integer, Long> sourceOffsets(String topic) {
    return sourceOffsets.next(topic);
  }

  /**
   * Takes a checkpoint and returns when it has completed: everything that follows from records read
   * before is done then.
   *
   * @throws IllegalStateException when it fails
   */
  public void checkpoint(JobID job) {
    await(
        "taking a checkpoint of job " + job,
        cluster.triggerCheckpoint(job, CheckpointType.CONFIGURED));
  }

  /** Ends a job where it stands and returns when it has ended. */
  public void cancel(JobID job) {
    if (!status(job).isGloballyTerminalState()) {
      await("cancelling job " + job, cluster.cancelJob(job));
      await("awaiting the end of job " + job, cluster.requestJobResult(job));
    }
  }

  private static <T> T await(String what, CompletableFuture<T> answer) {
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(what + " was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(what + " failed: " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(what + " took more than " + PATIENCE.toSeconds() + " s", e);
    }
  }

  private void closeAfter(Exception failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Ends all jobs, stops the cluster and deletes what it wrote. */
  @Override
  public void close() {
    try {
      await("stopping the embedded Flink cluster", cluster.closeAsync());
    } finally {
      sourceOffsets.close();
      storage.close();
    }
  }
}
