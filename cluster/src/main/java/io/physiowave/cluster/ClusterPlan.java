package io.physiowave.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.physiowave.cluster.flink.FlinkPorts;
import io.physiowave.cluster.flink.FlinkProcesses;
import io.physiowave.cluster.flink.TaskManagerSize;
import io.physiowave.cluster.layout.ClusterFolder;
import io.physiowave.quickstart.embedded.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.configuration.MemorySize;

/**
 * What a cluster consists of, as written into its folder.
 *
 * @param taskManagers how many, 1 to 32
 * @param slots of each TaskManager
 * @param taskManagerHeapMegabytes heap of each TaskManager for the job's tasks
 * @param gateways simulated devices, 0 to 64; every second one is an arm, the others patients
 * @param models ONNX files to serve, absolute
 * @param ports where everything listens
 */
public record ClusterPlan(
    int taskManagers,
    int slots,
    long taskManagerHeapMegabytes,
    int gateways,
    List<String> models,
    Ports ports) {
  /** Name of the broker's process. */
  public static final String BROKER = "broker";

  /** Name of the page's process. */
  public static final String PAGE = "page";

  /** Name of the process that takes frames of devices. */
  public static final String GATEWAY = "gateway";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_TASK_MANAGERS = 32;
  private static final int MOST_GATEWAYS = 64;

  /**
   * Where a cluster listens, on loopback.
   *
   * @param kafka of the broker
   * @param controller of the broker's controller
   * @param flink of Flink's web interface and REST API
   * @param flinkRpc of the JobManager, for TaskManagers
   * @param page of the live page
   * @param gateway of the gateway for devices; 0 for none
   * @param zooKeeper of ZooKeeper; 0 in a plan of before there was any: it runs without
   * @param metrics for Prometheus: of the JobManager, then of each TaskManager; none in a plan of
   *     before there were any
   */
  public record Ports(
      int kafka,
      int controller,
      int flink,
      int flinkRpc,
      int page,
      int gateway,
      int zooKeeper,
      List<Integer> metrics) {

    public Ports {
      metrics = metrics == null ? List.of() : List.copyOf(metrics);
    }

    /** Any that nobody held a moment ago, for a cluster without a gateway. */
    public static Ports anyFree(int taskManagers) {
      return new Ports(
          any(),
          any(),
          any(),
          any(),
          any(),
          0,
          any(),
          IntStream.rangeClosed(0, taskManagers).mapToObj(process -> any()).toList());
    }

    private static int any() {
      return LoopbackPort.claim(0, "the cluster", "--dir");
    }
  }

  public ClusterPlan {
    require("--taskmanagers", taskManagers, 1, MOST_TASK_MANAGERS);
    require("--gateways", gateways, 0, MOST_GATEWAYS);
    models = List.copyOf(models);
    size(slots, taskManagerHeapMegabytes);
  }

  private static void require(String flag, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          flag + " is " + value + "; expected " + least + " to " + most);
    }
  }

  private static TaskManagerSize size(int slots, long heapMegabytes) {
    return new TaskManagerSize(slots, MemorySize.ofMebiBytes(heapMegabytes));
  }

  /** Name of the n-th simulated device's process, counted from 1. */
  public static String gateway(int number) {
    return "gateway-" + number;
  }

  /** What each TaskManager is given. */
  TaskManagerSize taskManagerSize() {
    return size(slots, taskManagerHeapMegabytes);
  }

  /** Whether there is a gateway for devices. */
  public boolean hasGateway() {
    return ports.gateway() != 0;
  }

  FlinkPorts flinkPorts() {
    return new FlinkPorts(ports.flink(), ports.flinkRpc(), ports.zooKeeper(), metricsPorts());
  }

  /** Where JobManager, TaskManagers and gateway show their metrics, by the process's name. */
  Map<String, Integer> metricsPorts() {
    Map<String, Integer> byName = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(ports.metrics().size(), taskManagers + 1); i++) {
      byName.put(
          i == 0 ? FlinkProcesses.JOB_MANAGER : FlinkProcesses.taskManager(i),
          ports.metrics().get(i));
    }
    if (hasGateway()) {
      byName.put(GATEWAY, ports.gateway());
    }
    return byName;
  }

  /** What a client's {@code bootstrap.servers} takes. */
  public String bootstrapServers() {
    return "localhost:" + ports.kafka();
  }

  /** Slots of all TaskManagers. */
  public int totalSlots() {
    return taskManagers * slots;
  }

  /** All processes, in the order of their start. */
  public List<String> processes() {
    List<String> names = new ArrayList<>(List.of(BROKER));
    if (ports.zooKeeper() != 0) {
      names.add(FlinkProcesses.ZOO_KEEPER);
    }
    names.add(FlinkProcesses.JOB_MANAGER);
    for (int i = 1; i <= taskManagers; i++) {
      names.add(FlinkProcesses.taskManager(i));
    }
    names.add(PAGE);
    if (hasGateway()) {
      names.add(GATEWAY);
    }
    for (int i = 1; i <= gateways; i++) {
      names.add(gateway(i));
    }
    return names;
  }

  /** The plan in a folder; empty when no cluster was started there. */
  public static Optional<ClusterPlan> in(ClusterFolder folder) {
    if (!Files.exists(folder.plan())) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(folder.plan().toFile(), ClusterPlan.class));
    } catch (IOException e) {
      throw new ClusterFailedException(
          folder.plan()
              + " is not what 'cluster up' writes; end what runs with 'physiowave cluster down', and"
              + " delete the file",
          e);
    }
  }

  /** Writes the plan into a folder. */
  void writeTo(ClusterFolder folder) {
    ClusterFolder.made(folder.root());
    Path unfinished = folder.plan().resolveSibling("cluster.json.new");
    try {
      JSON.writerWithDefaultPrettyPrinter().writeValue(unfinished.toFile(), this);
      Files.move(unfinished, folder.plan(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + folder.plan(), e);
    }
  }
}
