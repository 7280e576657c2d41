package io.physiowave.cluster.flink;

import io.physiowave.cluster.layout.ClusterFolder;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** What Flink's processes are told. */
final class FlinkSettings {
  private static final String HERE = "localhost";
  private static final String REPORTER = "metrics.reporter.prometheus.";

  /** After a JobManager's death nobody leads for so long. */
  private static final Duration SESSION = Duration.ofSeconds(6);

  private FlinkSettings() {}

  static Configuration jobManager(ClusterFolder folder, FlinkPorts ports) {
    Configuration settings = common(folder, ports, FlinkProcesses.JOB_MANAGER);
    settings.set(JobManagerOptions.BIND_HOST, HERE);
    settings.set(RestOptions.ADDRESS, HERE);
    settings.set(RestOptions.BIND_ADDRESS, HERE);
    settings.set(RestOptions.PORT, ports.rest());
    settings.set(RestOptions.BIND_PORT, Integer.toString(ports.rest()));
    String tmp = folder.tmp(FlinkProcesses.JOB_MANAGER).toString();
    settings.set(WebOptions.TMP_DIR, tmp);
    settings.set(WebOptions.UPLOAD_DIR, tmp);
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, ClusterFolder.forFlink(folder.checkpoints()));
    settings.set(
        CheckpointingOptions.SAVEPOINT_DIRECTORY, ClusterFolder.forFlink(folder.savepoints()));
    // One that is damaged by the crash that calls for it must not be the only one.
    settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 3);
    settings.set(
        TaskManagerOptions.TASK_MANAGER_LOAD_BALANCE_MODE,
        TaskManagerOptions.TaskManagerLoadBalanceMode.SLOTS);
    return settings;
  }

  static Configuration taskManager(
      ClusterFolder folder, FlinkPorts ports, String name, TaskManagerSize size) {
    Configuration settings = common(folder, ports, name);
    settings.set(TaskManagerOptions.HOST, HERE);
    settings.set(TaskManagerOptions.BIND_HOST, HERE);
    settings.set(TaskManagerOptions.TASK_MANAGER_RESOURCE_ID, name);
    settings.set(TaskManagerOptions.NUM_TASK_SLOTS, size.slots());
    // A JobManager that is away for long comes back to TaskManagers that wait.
    settings.set(TaskManagerOptions.REGISTRATION_TIMEOUT, Duration.ofHours(1));
    settings.set(TaskManagerOptions.CPU_CORES, (double) size.slots());
    settings.set(TaskManagerOptions.FRAMEWORK_HEAP_MEMORY, TaskManagerSize.FRAMEWORK_HEAP);
    settings.set(TaskManagerOptions.FRAMEWORK_OFF_HEAP_MEMORY, TaskManagerSize.FRAMEWORK_OFF_HEAP);
    settings.set(TaskManagerOptions.TASK_HEAP_MEMORY, size.heap());
    settings.set(TaskManagerOptions.TASK_OFF_HEAP_MEMORY, TaskManagerSize.TASK_OFF_HEAP);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, TaskManagerSize.NETWORK);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, TaskManagerSize.NETWORK);
    settings.set(TaskManagerOptions.JVM_METASPACE, TaskManagerSize.METASPACE);
    settings.set(TaskManagerOptions.JVM_OVERHEAD_MIN, TaskManagerSize.OVERHEAD);
    settings.set(TaskManagerOptions.JVM_OVERHEAD_MAX, TaskManagerSize.OVERHEAD);
    // State is on the heap.
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ZERO);
    return settings;
  }

  private static Configuration common(ClusterFolder folder, FlinkPorts ports, String name) {
    Configuration settings = new Configuration();
    settings.set(JobManagerOptions.ADDRESS, HERE);
    settings.set(JobManagerOptions.PORT, ports.rpc());
    String tmp = folder.tmp(name).toString();
    settings.set(CoreOptions.TMP_DIRS, tmp);
    settings.set(ClusterOptions.PROCESS_WORKING_DIR_BASE, tmp);
    settings.set(BlobServerOptions.STORAGE_DIRECTORY, tmp);
    // A job's jar goes soon after the job; by default an hour later.
    settings.set(BlobServerOptions.CLEANUP_INTERVAL, 20L);
    settings.set(
        CoreOptions.ALWAYS_PARENT_FIRST_LOADER_PATTERNS_ADDITIONAL,
        List.of("ai.onnxruntime.", "ai.djl."));
    if (ports.metrics().containsKey(name)) {
      settings.setString(
          REPORTER + "factory.class", LoopbackPrometheusReporterFactory.class.getName());
      settings.setString(
          REPORTER + LoopbackPrometheusReporterFactory.PORT,
          Integer.toString(ports.metrics().get(name)));
      // As deploy/flink/config.yaml does: le="+Inf" means something.
      settings.setString(REPORTER + "filterLabelValueCharacters", "false");
    }
    settings.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1));
    settings.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofSeconds(10));
    if (ports.zooKeeper() != 0) {
      highAvailability(settings, folder, ports);
    }
    return settings;
  }

  private static void highAvailability(
      Configuration settings, ClusterFolder folder, FlinkPorts ports) {
    settings.set(HighAvailabilityOptions.HA_MODE, "zookeeper");
    settings.set(
        HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM,
        ZooKeeperSettings.HERE + ":" + ports.zooKeeper());
    settings.set(HighAvailabilityOptions.HA_STORAGE_PATH, ClusterFolder.forFlink(folder.jobs()));
    settings.set(HighAvailabilityOptions.HA_JOB_MANAGER_PORT_RANGE, Integer.toString(ports.rpc()));
    settings.set(HighAvailabilityOptions.ZOOKEEPER_SESSION_TIMEOUT, SESSION);
    // A short absence of ZooKeeper, or of the machine, is no reason to restart the job.
    settings.set(HighAvailabilityOptions.ZOOKEEPER_TOLERATE_SUSPENDED_CONNECTIONS, true);
  }
}
