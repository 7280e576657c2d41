package io.physiowave.streaming.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.physiowave.connectors.command.CommandLogging;
import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.streaming.doctor.Diagnosis;
import io.physiowave.streaming.doctor.Finding;
import io.physiowave.streaming.doctor.Finding.Level;
import io.physiowave.streaming.doctor.NeededPort;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code physiowave doctor}: what this machine can do, and what to do about what it cannot. */
@Command(
    name = "doctor",
    sortOptions = false,
    usageHelpWidth = 110,
    description = {
      "Prints what this machine can do: Java, processor, memory, GPU, ONNX Runtime's providers that"
          + " really load, ports, disk, models. Each line is OK, WARN (slower, or something beside"
          + " the demo will not work) or FAIL (the demo will not run), with what to do about it.",
      "",
      "Exit code 0 if './physiowave demo' can run, 1 if not."
    })
public final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object instead of lines.")
  private boolean json;

  @Option(
      names = "--training",
      description = "Load libtorch as well, if the training module is built; takes some seconds.")
  private boolean training;

  @Mixin private DemoPorts ports;

  /** Entry point of the launcher. */
  public static void main(String... arguments) {
    CommandLogging.configure(DoctorCommand.class);
    System.exit(CommandRunner.run(new DoctorCommand(), arguments));
  }

  @Override
  public Integer call() throws JsonProcessingException {
    Diagnosis diagnosis =
        Diagnosis.ofThisMachine(
            Path.of(System.getProperty("physiowave.home", "")).toAbsolutePath(),
            List.of(
                new NeededPort(ports.page(), "the live page", "--port"),
                new NeededPort(ports.flink(), "Flink's web interface", "--flink-port"),
                new NeededPort(ports.kafka(), "the Kafka broker", "--kafka-port")),
            training);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(diagnosis));
    } else {
      print(diagnosis, out);
    }
    out.flush();
    return diagnosis.demoCanRun() ? CommandRunner.SUCCESS : CommandRunner.FAILURE;
  }

  private static void print(Diagnosis diagnosis, PrintWriter out) {
    int width =
        diagnosis.findings().stream().mapToInt(finding -> finding.name().length()).max().orElse(0);
    for (Finding finding : diagnosis.findings()) {
      out.printf("%-4s  %-" + width + "s  %s%n", finding.level(), finding.name(), finding.found());
      if (!finding.advice().isEmpty()) {
        out.printf("      %-" + width + "s  -> %s%n", "", finding.advice());
      }
    }
    out.printf(
        "%n%s (%d warnings, %d failures)%n",
        diagnosis.demoCanRun() ? "The demo can run." : "The demo cannot run.",
        diagnosis.count(Level.WARN),
        diagnosis.count(Level.FAIL));
  }

  private static String json(Diagnosis diagnosis) throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("demoCanRun", diagnosis.demoCanRun());
    root.set("findings", mapper.valueToTree(diagnosis.findings()));
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }
}
