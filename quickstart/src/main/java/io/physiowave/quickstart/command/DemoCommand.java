package io.physiowave.quickstart.command;

import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.quickstart.embedded.TemporaryDirectory;
import io.physiowave.quickstart.gateway.RecordedGateways;
import io.physiowave.streaming.command.DemoPorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code physiowave demo}: broker, Flink, gateways, models and page in this process. */
@Command(
    name = "demo",
    sortOptions = false,
    description = {
      "Starts a Kafka broker, a Flink cluster, gateways with simulated or recorded signals, the"
          + " streaming job with its models, and the live page, all in this process and on this"
          + " machine only.",
      "",
      "It ends on Ctrl-C, after --duration, or when the recordings of --record have been played to"
          + " their ends and every label is out; then it sums up."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final String HOME = "physiowave.home";

  @Spec private CommandSpec spec;

  @Option(
      names = "--record",
      paramLabel = "<path>",
      description =
          "Play a recording instead of simulations: a WFDB record (such as mitdb/208), a UCI EMG"
              + " text file or the zip of them, or a directory of records. May be repeated.")
  private List<Path> records = List.of();

  @Option(
      names = "--subject",
      paramLabel = "<subject>",
      description = "Of a collection, only the recordings of this subject, or one by its name.")
  private String subject;

  @Option(
      names = "--speed",
      paramLabel = "<factor>",
      defaultValue = "1",
      converter = SpeedConverter.class,
      description = "Seconds of signal per second, or max (default: ${DEFAULT-VALUE}).")
  private double speed;

  @Option(
      names = "--duration",
      paramLabel = "<time>",
      converter = DurationConverter.class,
      description = "Stop the gateways after this time, such as 60s or 5min.")
  private Duration duration;

  @Option(
      names = "--ecg-streams",
      paramLabel = "<count>",
      description =
          "Simulated patients with an ECG recorder (default: 3, or none without an ECG model).")
  private Integer ecgStreams;

  @Option(
      names = "--emg-streams",
      paramLabel = "<count>",
      description =
          "Simulated arms with an EMG armband (default: 2, or none without an EMG model).")
  private Integer emgStreams;

  @Option(
      names = "--seed",
      paramLabel = "<number>",
      defaultValue = "1",
      description = "Seed of the simulations (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--models",
      paramLabel = "<file>",
      split = ",",
      description =
          "ONNX models to serve, one a kind of signal, separated by commas (default: ecg-beats.onnx"
              + " and emg-gestures.onnx under models/).")
  private List<Path> models = List.of();

  @Mixin private DemoPorts ports;

  @Option(names = "--no-browser", description = "Do not open the page in a browser.")
  private boolean noBrowser;

  @Option(
      names = "--report",
      paramLabel = "<file>",
      description = "Write counts and latencies of every stream as JSON.")
  private Path report;

  @Option(
      names = "--labels-out",
      paramLabel = "<file>",
      description = "Write every label event in protobuf's JSON form, one a line.")
  private Path labelsOut;

  @Option(
      names = "--annotations-out",
      paramLabel = "<directory>",
      description = "Write the labelled beats of each stream as a WFDB annotation file, .pwb.")
  private Path annotationsOut;

  /** Entry point of the launcher. */
  public static void main(String... arguments) {
    int exitCode;
    try (StopSignal stop = StopSignal.onShutdown();
        TemporaryDirectory temporary = TemporaryDirectory.ofProcess("physiowave-demo-")) {
      LoggerFactory.getLogger(DemoCommand.class).info("temporary files in {}", temporary.path());
      exitCode = CommandRunner.run(new DemoCommand(stop), arguments);
    }
    System.exit(exitCode);
  }

  private final StopSignal stop;

  /** A command that nothing but its own end stops. */
  public DemoCommand() {
    this(new StopSignal());
  }

  DemoCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() throws Exception {
    DemoOptions options =
        new DemoOptions(
            new Ports(ports.page(), ports.flink(), ports.kafka()),
            models.isEmpty() ? shippedModels() : models,
            simulated(),
            recorded(),
            Optional.ofNullable(duration),
            Optional.ofNullable(report),
            Optional.ofNullable(labelsOut),
            Optional.ofNullable(annotationsOut),
            !noBrowser);
    new Demo(options, spec.commandLine().getOut(), stop).run();
    return CommandRunner.SUCCESS;
  }

  private static List<Path> shippedModels() {
    Path directory = Path.of(System.getProperty(HOME, ".")).resolve("models");
    return List.of(directory.resolve("ecg-beats.onnx"), directory.resolve("emg-gestures.onnx"));
  }

  private SimulationRequest simulated() {
    SimulationRequest request =
        new SimulationRequest(
            Optional.ofNullable(ecgStreams), Optional.ofNullable(emgStreams), seed, speed);
    try {
      request.gateways(true, true);
      return request;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Optional<RecordedGateways> recorded() {
    if (records.isEmpty()) {
      if (subject != null) {
        throw new ParameterException(
            spec.commandLine(), "--subject chooses among recordings; give --record as well");
      }
      return Optional.empty();
    }
    if (ecgStreams != null || emgStreams != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--record plays recordings in place of simulations; leave out --ecg-streams and"
              + " --emg-streams");
    }
    RecordingOptions recordingOptions =
        subject == null ? RecordingOptions.DEFAULT : RecordingOptions.DEFAULT.withSubject(subject);
    return Optional.of(new RecordedGateways(records, recordingOptions, speed));
  }
}
