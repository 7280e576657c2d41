package io.physiowave.streaming.command;

import io.physiowave.connectors.command.CommandLogging;
import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.streaming.StreamingJob;
import io.physiowave.streaming.emit.KafkaReach;
import io.physiowave.streaming.model.FlinkFileSystems;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.InvalidOptionsException;
import io.physiowave.streaming.options.JobOptions;
import io.physiowave.streaming.options.SettingHelp;
import io.physiowave.streaming.trace.StationTraces;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code physiowave job}: runs the streaming job in this process, or on the Flink cluster that
 * called this class as the job's main class.
 */
@Command(
    name = "job",
    sortOptions = false,
    usageHelpWidth = 110,
    modelTransformer = SettingOptions.class,
    description = {
      "Runs the streaming job: frames from Kafka become labels in Kafka.",
      "",
      "Each option stands in the YAML file under its file key, in the environment under its"
          + " variable, or here; what comes later in this list wins. All of it is checked before"
          + " anything starts."
    })
public final class JobCommand implements Callable<Integer> {
  private static final Duration KAFKA_PATIENCE = Duration.ofSeconds(15);

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "<file>",
      description = "YAML file with options; nesting follows the dots of the file keys.")
  private Path config;

  @Option(
      names = "--check",
      description = "Check options and models, say what would run, and stop.")
  private boolean check;

  /** Entry point of the launcher and of a Flink cluster. */
  public static void main(String... arguments) {
    CommandLogging.configure(JobCommand.class);
    int exitCode = CommandRunner.run(new JobCommand(), arguments);
    if (exitCode != CommandRunner.SUCCESS) {
      System.exit(exitCode);
    }
  }

  @Override
  public Integer call() throws Exception {
    JobOptions options;
    try {
      options = JobOptions.read(Optional.ofNullable(config), System.getenv(), flags());
    } catch (InvalidOptionsException e) {
      report(e);
      return CommandRunner.USAGE;
    }
    if (JobEnvironment.isThisProcess(options)) {
      FlinkFileSystems.loadPlugins(System.getenv());
    }
    ModelCatalogue models = ModelCatalogue.read(options.models().files());
    PrintWriter out = spec.commandLine().getOut();
    for (ServedModel model : models.models()) {
      out.println(model.card().modality() + " by " + model);
    }
    out.println(
        options.kafka().framesTopic()
            + " -> "
            + options.kafka().labelsTopic()
            + " at "
            + options.kafka().bootstrapServers());
    out.flush();
    if (check) {
      return CommandRunner.SUCCESS;
    }
    // A variable that OpenTelemetry cannot use is better known before the job runs.
    StationTraces.open(options.observe().traces()).close();
    KafkaReach.check(options.kafka(), options.checkpoint().interval(), KAFKA_PATIENCE);
    StreamExecutionEnvironment env = JobEnvironment.of(options);
    if (options.observe().prometheusPort().isPresent()
        && !(env instanceof LocalStreamEnvironment)) {
      out.println(
          "--prometheus-port has no effect on a cluster: its Flink configuration says where metrics"
              + " go");
      out.flush();
    }
    StreamingJob.build(env, options, models);
    env.execute(StreamingJob.NAME);
    return CommandRunner.SUCCESS;
  }

  private Map<String, String> flags() {
    Map<String, String> given = new HashMap<>();
    for (SettingHelp setting : SettingHelp.all()) {
      OptionSpec option = spec.findOption(setting.flag());
      String text = option.getValue();
      if (text != null) {
        given.put(setting.flag(), text);
      }
    }
    return given;
  }

  private void report(InvalidOptionsException failure) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("job: the options cannot be used:");
    failure.problems().forEach(problem -> err.println("  " + problem));
    err.println("Try 'physiowave job --help' for the options.");
    err.flush();
  }
}
