package io.physiowave.streaming.command;

import io.physiowave.streaming.control.ControlTopics;
import io.physiowave.streaming.control.ModelDeployment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code physiowave models stop}. */
@Command(name = "stop", description = "Ends what is on trial, canary and shadow.")
final class StopTrial implements Callable<Integer> {
  @Mixin private ModelsConnection connection;

  @Parameters(paramLabel = "<name>", description = "The model's name.")
  private String name;

  @Override
  public Integer call() {
    try (ControlTopics topics = connection.connect()) {
      ModelDeployment before = ModelsConnection.known(topics, name);
      ModelDeployment wanted = before.stop();
      connection.change(topics, before, wanted, name + ": nothing is on trial");
    }
    return 0;
  }
}
