package io.physiowave.streaming.command;

import io.physiowave.streaming.control.ControlTopics;
import io.physiowave.streaming.control.ModelDeployment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code physiowave models activate}. */
@Command(name = "activate", description = "Has a published version serve.")
final class ActivateModel implements Callable<Integer> {
  @Mixin private ModelsConnection connection;

  @Parameters(index = "0", paramLabel = "<name>", description = "The model's name.")
  private String name;

  @Parameters(index = "1", paramLabel = "<version>", description = "A published version.")
  private String version;

  @Override
  public Integer call() {
    try (ControlTopics topics = connection.connect()) {
      ModelDeployment before = ModelsConnection.known(topics, name);
      ModelDeployment wanted = before.activate(version);
      connection.change(topics, before, wanted, ModelsConnection.serves(wanted));
    }
    return 0;
  }
}
