package io.physiowave.dashboard.command;

import io.physiowave.connectors.command.CommandLogging;
import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.connectors.command.KafkaBrokers;
import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.dashboard.server.DashboardOptions;
import io.physiowave.dashboard.server.DashboardServer;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code physiowave dashboard}: serves the live page until it is told to stop. */
@Command(
    name = "dashboard",
    description =
        "Serves the live page over the frame and label topics of a Kafka cluster. Neither the"
            + " brokers nor the topics need to be there when it starts.",
    footer = {
      "",
      "GET /health answers 200 while Kafka answers and the topics of frames and labels exist, otherwise 503.",
      "Ctrl-C ends it."
    })
public final class DashboardCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private KafkaBrokers brokers;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Address to listen on (default: ${DEFAULT-VALUE}). Anything but a loopback name shows"
              + " the signals to whoever reaches the port: nobody is asked who they are.",
      defaultValue = "localhost")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on; 0 for any free one (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + DashboardOptions.DEFAULT_PORT)
  private int port;

  @Option(
      names = "--frames-topic",
      paramLabel = "TOPIC",
      description = "Topic of the frames (default: ${DEFAULT-VALUE}).")
  private String framesTopic = SignalTopic.FRAMES.topicName();

  @Option(
      names = "--labels-topic",
      paramLabel = "TOPIC",
      description = "Topic of the labels (default: ${DEFAULT-VALUE}).")
  private String labelsTopic = SignalTopic.LABELS.topicName();

  @Option(
      names = "--events-topic",
      paramLabel = "TOPIC",
      description = "Topic of onsets and offsets, if there is one (default: ${DEFAULT-VALUE}).")
  private String eventsTopic = SignalTopic.EVENTS.topicName();

  @Option(
      names = "--rhythms-topic",
      paramLabel = "TOPIC",
      description = "Topic of rhythm summaries, if there is one (default: ${DEFAULT-VALUE}).")
  private String rhythmsTopic = SignalTopic.RHYTHMS.topicName();

  private final CountDownLatch stop;

  /** A command that only the end of its process stops. */
  public DashboardCommand() {
    this(new CountDownLatch(1));
  }

  DashboardCommand(CountDownLatch stop) {
    this.stop = stop;
  }

  /** Runs the command and ends the Java machine with its exit code. */
  public static void main(String[] arguments) {
    CommandLogging.configure(DashboardCommand.class);
    System.exit(CommandRunner.run(new DashboardCommand(), arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    String bootstrapServers = brokers.bootstrapServers();
    DashboardOptions options =
        new DashboardOptions(
            host, port, bootstrapServers, framesTopic, labelsTopic, eventsTopic, rhythmsTopic);
    try (DashboardServer server = DashboardServer.start(options)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("Live page " + server.address() + " over " + bootstrapServers);
      out.flush();
      stop.await();
    }
    return CommandRunner.SUCCESS;
  }
}
