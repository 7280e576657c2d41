package io.physiowave.streaming.command;

import io.physiowave.streaming.control.ControlTopics;
import io.physiowave.streaming.control.ModelDeployment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code physiowave models shadow}. */
@Command(
    name = "shadow",
    description =
        "Runs a published version beside the one that serves; its labels go to a topic of their own.")
final class ShadowModel implements Callable<Integer> {
  @Mixin private ModelsConnection connection;

  @Parameters(index = "0", paramLabel = "<name>", description = "The model's name.")
  private String name;

  @Parameters(index = "1", paramLabel = "<version>", description = "A published version.")
  private String version;

  @Override
  public Integer call() {
    try (ControlTopics topics = connection.connect()) {
      ModelDeployment before = ModelsConnection.known(topics, name);
      connection.change(
          topics, before, before.withShadow(version), name + " " + version + " runs beside");
    }
    return 0;
  }
}
