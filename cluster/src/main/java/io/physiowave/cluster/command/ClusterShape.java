package io.physiowave.cluster.command;

import io.physiowave.cluster.ClusterPlan;
import io.physiowave.cluster.flink.FlinkProcesses;
import io.physiowave.cluster.flink.TaskManagerSize;
import io.physiowave.quickstart.embedded.LoopbackPort;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** Options that say what a cluster consists of. What is left out stays as it was, or is usual. */
final class ClusterShape {
  private static final int TASK_MANAGERS = 1;
  private static final int SLOTS = 2;
  private static final int GATEWAYS = 2;

  @Option(
      names = "--taskmanagers",
      paramLabel = "N",
      description = "TaskManagers (default: " + TASK_MANAGERS + ").")
  private Integer taskManagers;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "Slots of each TaskManager (default: " + SLOTS + ").")
  private Integer slots;

  @Option(
      names = "--gateways",
      paramLabel = "N",
      description = "Simulated devices: patients and arms in turn (default: " + GATEWAYS + ").")
  private Integer gateways;

  @Option(
      names = "--taskmanager-heap",
      paramLabel = "MB",
      description = "Heap of each TaskManager for the job, megabytes (default: 384).")
  private Long heapMegabytes;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description =
          "ONNX model to serve; may be repeated (default: as before, at first the shipped ones).")
  private List<Path> models = List.of();

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      description = "Port of the broker (default: any free one).")
  private Integer kafkaPort;

  @Option(
      names = "--flink-port",
      paramLabel = "PORT",
      description = "Port of Flink's web interface (default: any free one).")
  private Integer flinkPort;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the live page (default: any free one).")
  private Integer pagePort;

  @Option(
      names = "--gateway-port",
      paramLabel = "PORT",
      description =
          "Port of a gateway that takes frames of your own devices by HTTP and WebSocket; 0 for no"
              + " gateway (default: no gateway).")
  private Integer gatewayPort;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Port on which the JobManager shows its metrics to Prometheus; the TaskManagers take"
              + " those after it (default: any free ones).")
  private Integer metricsPort;

  /**
   * The plan for a cluster none of whose processes runs.
   *
   * @param before the plan in its folder
   */
  ClusterPlan plan(Optional<ClusterPlan> before) {
    ClusterPlan usual = before.orElseGet(ClusterShape::usual);
    ClusterPlan plan = claimed(usual);
    LoopbackPort.requireDistinct(byUser(plan.ports()));
    return plan;
  }

  private static Map<String, Integer> byUser(ClusterPlan.Ports ports) {
    Map<String, Integer> byUser = new LinkedHashMap<>();
    byUser.put("the Kafka broker (--kafka-port)", ports.kafka());
    byUser.put("the Kafka controller (picked; try again)", ports.controller());
    byUser.put("Flink's web interface (--flink-port)", ports.flink());
    byUser.put("Flink's JobManager (picked; try again)", ports.flinkRpc());
    byUser.put("the live page (--port)", ports.page());
    byUser.put("ZooKeeper (picked; try again)", ports.zooKeeper());
    if (ports.gateway() != 0) {
      byUser.put("the gateway (--gateway-port)", ports.gateway());
    }
    for (int i = 0; i < ports.metrics().size(); i++) {
      byUser.put(
          "the metrics of "
              + (i == 0 ? FlinkProcesses.JOB_MANAGER : FlinkProcesses.taskManager(i))
              + " (--metrics-port)",
          ports.metrics().get(i));
    }
    return byUser;
  }

  private ClusterPlan claimed(ClusterPlan usual) {
    return new ClusterPlan(
        or(taskManagers, usual.taskManagers()),
        or(slots, usual.slots()),
        or(heapMegabytes, usual.taskManagerHeapMegabytes()),
        or(gateways, usual.gateways()),
        models.isEmpty() ? usual.models() : absoluteModels(),
        new ClusterPlan.Ports(
            claim(kafkaPort, usual.ports().kafka(), "the Kafka broker", "--kafka-port"),
            claim(null, 0, "the Kafka controller", "--kafka-port"),
            claim(flinkPort, usual.ports().flink(), "Flink's web interface", "--flink-port"),
            claim(null, 0, "Flink's JobManager", "--flink-port"),
            claim(pagePort, usual.ports().page(), "the live page", "--port"),
            gatewayPort(usual.ports().gateway()),
            claim(null, 0, "ZooKeeper", "--flink-port"),
            metricsPorts(1 + or(taskManagers, usual.taskManagers()), usual.ports().metrics())));
  }

  private int gatewayPort(int before) {
    int port = or(gatewayPort, before);
    return port == 0 ? 0 : LoopbackPort.claim(port, "the gateway", "--gateway-port");
  }

  private List<Integer> metricsPorts(int processes, List<Integer> before) {
    return IntStream.range(0, processes)
        .mapToObj(
            process ->
                claim(
                    metricsPort == null ? null : metricsPort(process),
                    process < before.size() ? before.get(process) : 0,
                    "the metrics of a Flink process",
                    "--metrics-port"))
        .toList();
  }

  /** Port 0 is any free one for each process. */
  private Integer metricsPort(int process) {
    return metricsPort == 0 ? 0 : metricsPort + process;
  }

  /** Whether a cluster that runs is what these options ask for; what they leave out stays. */
  boolean agreesWith(ClusterPlan plan) {
    return or(taskManagers, plan.taskManagers()) == plan.taskManagers()
        && or(slots, plan.slots()) == plan.slots()
        && or(gateways, plan.gateways()) == plan.gateways()
        && or(heapMegabytes, plan.taskManagerHeapMegabytes()) == plan.taskManagerHeapMegabytes()
        && (models.isEmpty() || absoluteModels().equals(plan.models()))
        && isPort(kafkaPort, plan.ports().kafka())
        && isPort(flinkPort, plan.ports().flink())
        && isPort(pagePort, plan.ports().page())
        && or(gatewayPort, plan.ports().gateway()) == plan.ports().gateway()
        && isPort(
            metricsPort, plan.ports().metrics().isEmpty() ? 0 : plan.ports().metrics().get(0));
  }

  /** Any port is the one that a running cluster has. */
  private static boolean isPort(Integer given, int running) {
    return given == null || given == 0 || given == running;
  }

  private List<String> absoluteModels() {
    return models.stream().map(model -> model.toAbsolutePath().toString()).toList();
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private static int claim(Integer given, int before, String user, String flag) {
    return LoopbackPort.claim(given == null ? before : given, user, flag);
  }

  private static ClusterPlan usual() {
    Path models = ClusterLocation.home().resolve("models").toAbsolutePath().normalize();
    return new ClusterPlan(
        TASK_MANAGERS,
        SLOTS,
        TaskManagerSize.DEFAULT_HEAP.getMebiBytes(),
        GATEWAYS,
        List.of(
            models.resolve("ecg-beats.onnx").toString(),
            models.resolve("emg-gestures.onnx").toString()),
        new ClusterPlan.Ports(0, 0, 0, 0, 0, 0, 0, List.of()));
  }
}
