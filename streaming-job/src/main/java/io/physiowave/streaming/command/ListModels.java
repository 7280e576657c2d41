package io.physiowave.streaming.command;

import io.physiowave.streaming.control.ControlTopics;
import io.physiowave.streaming.control.ModelDeployment;
import io.physiowave.streaming.control.ModelRelease;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code physiowave models list}. */
@Command(name = "list", description = "Lists what is published; * marks what should serve.")
final class ListModels implements Callable<Integer> {
  @Mixin private ModelsConnection connection;

  @Override
  public Integer call() {
    try (ControlTopics topics = connection.connect()) {
      for (ModelDeployment deployment : topics.deployments().values()) {
        for (ModelRelease release : deployment.releases()) {
          boolean active = deployment.active().filter(release::equals).isPresent();
          connection
              .out()
              .printf(
                  "%s %-20s %-12s %s  %s%n",
                  active ? "*" : " ",
                  deployment.name(),
                  release.version(),
                  release.sha256().substring(0, 12),
                  release.location());
        }
      }
      connection.out().flush();
    }
    return 0;
  }
}
