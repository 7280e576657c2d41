package io.physiowave.benchmarks.command;

import io.physiowave.benchmarks.platform.JobSetup;
import io.physiowave.streaming.options.SettingHelp;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options that all measurements of the job share. */
final class SetupOptions {
  private static final String HOME = "physiowave.home";

  @Option(
      names = "--model",
      paramLabel = "<file>",
      description = "ONNX file to serve (default: models/emg-gestures.onnx).")
  private Path model;

  @Option(
      names = "--parallelism",
      paramLabel = "<count>",
      description =
          "Subtasks of each station and threads of the bare loop (default: one a core; bench stream"
              + " measures one, then one a core).")
  private Integer parallelism;

  @Option(
      names = "--rate",
      paramLabel = "<Hz>",
      defaultValue = "0",
      description =
          "Sample rate of the devices (default: the model's, which needs no resampling, or its least"
              + " multiple of 100 Hz or more).")
  private double sampleRateHz;

  @Option(
      names = "--frame",
      paramLabel = "<ms>",
      defaultValue = "50",
      description = "Signal in one frame, milliseconds (default: ${DEFAULT-VALUE}).")
  private double frameMillis;

  @Option(
      names = "--warm-up",
      paramLabel = "<runs>",
      defaultValue = "30",
      description =
          "Most runs before the first measurement; they end when the Java machine has compiled"
              + " what runs (default: ${DEFAULT-VALUE}).")
  private int warmUpRuns;

  @Option(
      names = "--state-backend",
      paramLabel = "<name>",
      defaultValue = "hashmap",
      description = "Flink's state backend: hashmap or rocksdb (default: ${DEFAULT-VALUE}).")
  private String stateBackend;

  @Option(
      names = {"-J", "--job"},
      paramLabel = "<option>=<value>",
      description =
          "An option of the job, such as -J max-batch=64; 'physiowave job --help' lists them.")
  private Map<String, String> job = new LinkedHashMap<>();

  @Option(
      names = "--streams",
      paramLabel = "<count>",
      defaultValue = "500",
      description = "Devices (default: ${DEFAULT-VALUE}).")
  private int streams;

  int streams(CommandSpec spec) {
    Reports.requirePositive(spec, "--streams", streams);
    return streams;
  }

  double sampleRateHz() {
    return sampleRateHz;
  }

  double frameMillis() {
    return frameMillis;
  }

  int warmUpRuns(CommandSpec spec) {
    Reports.requirePositive(spec, "--warm-up", warmUpRuns);
    return warmUpRuns;
  }

  static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  boolean isParallelismGiven() {
    return parallelism != null;
  }

  /**
   * The job to be measured.
   *
   * @param subtasksByDefault where none are given
   */
  JobSetup job(CommandSpec spec, int subtasksByDefault) {
    if (!stateBackend.equals("hashmap") && !stateBackend.equals("rocksdb")) {
      throw new ParameterException(
          spec.commandLine(),
          "--state-backend is '" + stateBackend + "'; expected hashmap or rocksdb");
    }
    int subtasks = parallelism == null ? subtasksByDefault : parallelism;
    Reports.requirePositive(spec, "--parallelism", subtasks);
    return new JobSetup(file().toString(), subtasks, stateBackend, flags(spec));
  }

  private Path file() {
    return model == null
        ? Path.of(System.getProperty(HOME, "."), "models", "emg-gestures.onnx")
        : model;
  }

  private Map<String, String> flags(CommandSpec spec) {
    Map<String, String> flags = new HashMap<>();
    job.forEach(
        (name, value) -> {
          String flag = "--" + name;
          if (SettingHelp.all().stream().noneMatch(setting -> setting.flag().equals(flag))) {
            throw new ParameterException(
                spec.commandLine(), "-J " + name + "=" + value + ": the job has no option " + flag);
          }
          flags.put(flag, value);
        });
    return flags;
  }
}
