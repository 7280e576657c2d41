package io.physiowave.streaming.command;

import io.physiowave.streaming.control.ControlTopics;
import io.physiowave.streaming.control.ModelDeployment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A {@code models} command that changes what is wanted of one published model. */
abstract class ModelChange implements Callable<Integer> {
  @Mixin private ModelsConnection connection;

  @Parameters(index = "0", paramLabel = "<name>", description = "The model's name.")
  private String name;

  /** What should hold in place of what was wanted before. */
  abstract ModelDeployment wanted(ModelDeployment before);

  /** For people: the change as it will have been made. */
  String made(ModelDeployment wanted) {
    return ModelsConnection.serves(wanted);
  }

  @Override
  public final Integer call() {
    try (ControlTopics topics = connection.connect()) {
      ModelDeployment before = ModelsConnection.known(topics, name);
      ModelDeployment wanted = wanted(before);
      connection.change(topics, before, wanted, made(wanted));
    }
    return 0;
  }
}
