package io.physiowave.cluster;

import io.physiowave.cluster.layout.ClusterFolder;
import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.streaming.command.JobCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job is told.
 *
 * @param parallelism instances of each operator, at most the cluster's slots
 * @param more further arguments of {@code physiowave job}; the later of two wins
 */
public record JobSubmission(int parallelism, List<String> more) {

  public JobSubmission {
    more = List.copyOf(more);
  }

  /** The same with another number of instances. */
  public JobSubmission withParallelism(int instances) {
    return new JobSubmission(instances, more);
  }

  /** The arguments of {@code physiowave job}. */
  List<String> arguments(ClusterPlan plan, ClusterFolder folder) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--bootstrap-servers",
                plan.bootstrapServers(),
                "--models",
                String.join(",", plan.models()),
                "--models-topic",
                SignalTopic.MODELS.topicName(),
                "--audit",
                "true",
                "--parallelism",
                Integer.toString(parallelism),
                "--checkpoint-directory",
                ClusterFolder.forFlink(folder.checkpoints())));
    if (!more.contains("--checkpoint-interval")) {
      arguments.addAll(List.of("--checkpoint-interval", "5s"));
    }
    arguments.addAll(more);
    return arguments;
  }

  /**
   * Finds mistakes before anything running is touched.
   *
   * @throws ClusterFailedException saying what is wrong
   */
  public void check(ClusterPlan plan, ClusterFolder folder) {
    if (parallelism > plan.totalSlots()) {
      throw new ClusterFailedException(
          "--parallelism is "
              + parallelism
              + ", but the cluster has "
              + plan.totalSlots()
              + " slots; start it with more --taskmanagers or --slots");
    }
    List<String> arguments = new ArrayList<>(arguments(plan, folder));
    arguments.add("--check");
    StringWriter err = new StringWriter();
    int exitCode =
        CommandRunner.run(
            new JobCommand(),
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            arguments.toArray(String[]::new));
    if (exitCode != CommandRunner.SUCCESS) {
      throw new ClusterFailedException(err.toString().strip());
    }
  }
}
