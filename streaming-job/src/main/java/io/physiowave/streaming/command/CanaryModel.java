package io.physiowave.streaming.command;

import io.physiowave.streaming.control.ControlTopics;
import io.physiowave.streaming.control.ModelDeployment;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code physiowave models canary}. */
@Command(name = "canary", description = "Has a published version serve a share of the streams.")
final class CanaryModel implements Callable<Integer> {
  @Mixin private ModelsConnection connection;

  @Parameters(index = "0", paramLabel = "<name>", description = "The model's name.")
  private String name;

  @Parameters(index = "1", paramLabel = "<version>", description = "A published version.")
  private String version;

  @Option(
      names = "--share",
      required = true,
      paramLabel = "<share>",
      description =
          "Share of the streams, more than 0 and less than 1; chosen by a hash of their ids.")
  private double share;

  @Override
  public Integer call() {
    try (ControlTopics topics = connection.connect()) {
      ModelDeployment before = ModelsConnection.known(topics, name);
      connection.change(
          topics,
          before,
          before.withCanary(version, share),
          String.format(
              Locale.ROOT, "%s %s serves %.4g %% of the streams", name, version, share * 100));
    }
    return 0;
  }
}
