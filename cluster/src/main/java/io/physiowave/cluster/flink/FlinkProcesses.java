package io.physiowave.cluster.flink;

import io.physiowave.cluster.layout.ClusterFolder;
import io.physiowave.cluster.layout.Libraries;
import io.physiowave.cluster.process.JavaCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.quorum.QuorumPeerMain;

/**
 * JobManager, TaskManagers and ZooKeeper as Java commands, their configuration written down beside
 * them.
 */
public final class FlinkProcesses {
  /** Name of the JobManager's process. */
  public static final String JOB_MANAGER = "jobmanager";

  /** Name of the process that remembers the jobs of a JobManager that died. */
  public static final String ZOO_KEEPER = "zookeeper";

  private static final String JOB_MANAGER_HEAP = "-Xmx384m";

  /**
   * On a busy machine the ten seconds of Flink's RPC library are too few. Flink's own
   * pekko.startup-timeout does not reach it: it is written to another place than is read.
   */
  private static final String PATIENT_START = "-Dpekko.remote.classic.startup-timeout=100s";

  private static final long TRIM_MILLIS = 60_000;
  private static final String LOGGING = "/io/physiowave/cluster/flink-log4j2.properties";

  /** As Flink's own scripts open them. */
  private static final List<String> OPENED =
      Stream.of("lang", "net", "io", "nio", "lang.reflect", "text", "time", "util")
          .map(name -> "--add-opens=java.base/java." + name + "=ALL-UNNAMED")
          .toList();

  private final ClusterFolder folder;
  private final Libraries libraries;
  private final FlinkPorts ports;

  public FlinkProcesses(ClusterFolder folder, Libraries libraries, FlinkPorts ports) {
    this.folder = folder;
    this.libraries = libraries;
    this.ports = ports;
  }

  /** Name of the n-th TaskManager's process, counted from 1. */
  public static String taskManager(int number) {
    return "taskmanager-" + number;
  }

  /** ZooKeeper, from the jar with Flink's own copy of it. */
  public JavaCommand zooKeeper() {
    Path settings = ClusterFolder.made(folder.conf(ZOO_KEEPER)).resolve("zoo.cfg");
    ZooKeeperSettings.write(settings, folder, ports.zooKeeper());
    return command(
        ZOO_KEEPER,
        List.of(
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dzookeeper.jmx.log4j.disable=true",
            // Kilobytes; by default each log begins with 64 MB of zeros.
            "-Dzookeeper.preAllocSize=1024"),
        QuorumPeerMain.class.getName(),
        List.of(settings.toString()));
  }

  /** The JobManager, with the web interface. */
  public JavaCommand jobManager() {
    return command(
        JOB_MANAGER,
        FlinkSettings.jobManager(folder, ports),
        List.of(JOB_MANAGER_HEAP, "-XX:+UseSerialGC", "-XX:MaxMetaspaceSize=256m"),
        StandaloneSessionClusterEntrypoint.class.getName());
  }

  /** The n-th TaskManager, counted from 1. */
  public JavaCommand taskManager(int number, TaskManagerSize size) {
    return command(
        taskManager(number),
        FlinkSettings.taskManager(folder, ports, taskManager(number), size),
        List.of(
            "-Xmx" + megabytes(size.jvmHeap()),
            // As Flink's scripts do, and touched at once: pages of the heap that are used for the
            // first time after hours look like a leak, and a machine too small says so at the
            // start.
            "-Xms" + megabytes(size.jvmHeap()),
            "-XX:+AlwaysPreTouch",
            // What glibc keeps of freed memory goes back; Java machines before 17.0.9 cannot.
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:TrimNativeHeapInterval=" + TRIM_MILLIS,
            "-XX:MaxDirectMemorySize=" + megabytes(size.jvmDirect()),
            "-XX:MaxMetaspaceSize=" + megabytes(TaskManagerSize.METASPACE),
            "-Donnxruntime.native.path=" + folder.nativeLibraries()),
        TaskManagerRunner.class.getName());
  }

  private static String megabytes(MemorySize size) {
    return size.getMebiBytes() + "m";
  }

  private JavaCommand command(
      String name, Configuration settings, List<String> sizes, String mainClass) {
    Path conf = ClusterFolder.made(folder.conf(name));
    write(conf.resolve(GlobalConfiguration.FLINK_CONF_FILENAME), settings);
    return command(name, sizes, mainClass, List.of("--configDir", conf.toString()));
  }

  private JavaCommand command(
      String name, List<String> sizes, String mainClass, List<String> arguments) {
    Path logging = folder.conf(name).resolve("log4j2.properties");
    try (InputStream text = FlinkProcesses.class.getResourceAsStream(LOGGING)) {
      Files.copy(text, logging, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + logging, e);
    }
    List<String> options = new ArrayList<>(sizes);
    options.addAll(OPENED);
    options.add(PATIENT_START);
    options.add("-Dlog.file=" + folder.logs().resolve(name + ".log"));
    options.add("-Dlog4j2.configurationFile=" + logging.toUri());
    return new JavaCommand(
        name,
        libraries.forFlink(),
        options,
        mainClass,
        arguments,
        Map.of(
            "ORT_DISABLE_TELEMETRY", "1",
            "OMP_WAIT_POLICY", "passive",
            // Each of glibc's arenas keeps what was freed in it; a few serve as well as many.
            "MALLOC_ARENA_MAX", "2"));
  }

  private static void write(Path file, Configuration settings) {
    List<String> lines = new ArrayList<>();
    settings
        .toMap()
        .forEach(
            (key, value) ->
                lines.add(key + ": \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\""));
    try {
      Files.write(file, lines.stream().sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
