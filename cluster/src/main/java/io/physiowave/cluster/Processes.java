package io.physiowave.cluster;

import io.physiowave.cluster.flink.FlinkProcesses;
import io.physiowave.cluster.kafka.BrokerProcess;
import io.physiowave.cluster.layout.ClusterFolder;
import io.physiowave.cluster.layout.Libraries;
import io.physiowave.cluster.process.JavaCommand;
import io.physiowave.connectors.command.SimulateCommand;
import io.physiowave.dashboard.command.DashboardCommand;
import io.physiowave.gateway.command.GatewayCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The plan's processes as Java commands, by name. */
final class Processes {
  private static final String LOGGING = "/io/physiowave/cluster/process-log4j2.properties";
  private static final List<String> RHYTHMS = List.of("ectopic", "sinus", "fibrillation");

  private final ClusterFolder folder;
  private final ClusterPlan plan;
  private final Libraries libraries;
  private final FlinkProcesses flink;

  Processes(ClusterFolder folder, ClusterPlan plan, Libraries libraries) {
    this.folder = folder;
    this.plan = plan;
    this.libraries = libraries;
    this.flink = new FlinkProcesses(folder, libraries, plan.flinkPorts());
  }

  /** The command of a process of the plan. */
  JavaCommand command(String name) {
    if (name.equals(ClusterPlan.BROKER)) {
      return broker();
    }
    if (name.equals(FlinkProcesses.ZOO_KEEPER)) {
      return flink.zooKeeper();
    }
    if (name.equals(FlinkProcesses.JOB_MANAGER)) {
      return flink.jobManager();
    }
    if (name.equals(ClusterPlan.PAGE)) {
      return page();
    }
    if (name.equals(ClusterPlan.GATEWAY)) {
      return gateway();
    }
    int number = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    return name.equals(ClusterPlan.gateway(number))
        ? device(number)
        : flink.taskManager(number, plan.taskManagerSize());
  }

  private JavaCommand broker() {
    return command(
        ClusterPlan.BROKER,
        "384m",
        BrokerProcess.class,
        List.of(
            "--port",
            Integer.toString(plan.ports().kafka()),
            "--controller-port",
            Integer.toString(plan.ports().controller()),
            "--storage",
            ClusterFolder.made(folder.kafka()).toString()));
  }

  private JavaCommand page() {
    return command(
        ClusterPlan.PAGE,
        "128m",
        DashboardCommand.class,
        List.of(
            "--port",
            Integer.toString(plan.ports().page()),
            "--bootstrap-servers",
            plan.bootstrapServers()));
  }

  /** Takes frames from this machine only, so without tokens. */
  private JavaCommand gateway() {
    return command(
        ClusterPlan.GATEWAY,
        "256m",
        GatewayCommand.class,
        List.of(
            "--port",
            Integer.toString(plan.ports().gateway()),
            "--bootstrap-servers",
            plan.bootstrapServers()));
  }

  /** Patients with different rhythms, and every second one an arm instead. */
  private JavaCommand device(int number) {
    List<String> arguments = new ArrayList<>();
    if (number % 2 == 0) {
      arguments.add("emg");
    } else {
      arguments.addAll(List.of("ecg", "--rhythm", RHYTHMS.get(number / 2 % RHYTHMS.size())));
    }
    arguments.addAll(List.of("--seed", Integer.toString(number)));
    arguments.addAll(List.of("--stream-id", (number % 2 == 0 ? "arm-" : "patient-") + number));
    arguments.addAll(List.of("--bootstrap-servers", plan.bootstrapServers()));
    return command(ClusterPlan.gateway(number), "64m", SimulateCommand.class, arguments);
  }

  private JavaCommand command(
      String name, String heap, Class<?> mainClass, List<String> arguments) {
    Path logging = ClusterFolder.made(folder.conf(name)).resolve("log4j2.properties");
    try (InputStream text = Processes.class.getResourceAsStream(LOGGING)) {
      Files.copy(text, logging, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + logging, e);
    }
    return new JavaCommand(
        name,
        libraries.all(),
        List.of(
            "-Xmx" + heap,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.awt.headless=true",
            "-Dlog.file=" + folder.logs().resolve(name + ".log"),
            "-Dlog4j2.configurationFile=" + logging.toUri()),
        mainClass.getName(),
        arguments,
        Map.of());
  }
}
