package io.physiowave.streaming.command;

import io.physiowave.streaming.control.ModelDeployment;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code physiowave models canary}. */
@Command(name = "canary", description = "Has a published version serve a share of the streams.")
final class CanaryModel extends ModelChange {
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
  ModelDeployment wanted(ModelDeployment before) {
    return before.withCanary(version, share);
  }

  @Override
  String made(ModelDeployment wanted) {
    return String.format(
        Locale.ROOT, "%s %s serves %.4g %% of the streams", wanted.name(), version, share * 100);
  }
}
