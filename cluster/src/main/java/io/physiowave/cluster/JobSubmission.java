package io.physiowave.cluster;

import io.physiowave.cluster.layout.ClusterFolder;
import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.streaming.command.JobCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a job is told.
 *
 * @param parallelism instances of each operator, at most the cluster's slots
 * @param more further arguments of {@code physiowave job}; they win over the cluster's own
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
    Map<String, String> own = new LinkedHashMap<>();
    own.put("--bootstrap-servers", plan.bootstrapServers());
    own.put("--models", String.join(",", plan.models()));
    own.put("--models-topic", SignalTopic.MODELS.topicName());
    own.put("--calibration-topic", SignalTopic.CALIBRATION.topicName());
    own.put("--audit", "true");
    own.put("--parallelism", Integer.toString(parallelism));
    own.put("--checkpoint-directory", ClusterFolder.forFlink(folder.checkpoints()));
    own.put("--checkpoint-interval", "5s");
    own.keySet().removeIf(this::isGiven);
    List<String> arguments = new ArrayList<>();
    own.forEach((option, value) -> arguments.addAll(List.of(option, value)));
    arguments.addAll(more);
    return arguments;
  }

  private boolean isGiven(String option) {
    return more.stream().anyMatch(given -> given.equals(option) || given.startsWith(option + "="));
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
