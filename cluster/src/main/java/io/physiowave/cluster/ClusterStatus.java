package io.physiowave.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.physiowave.cluster.process.ProcessState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a cluster stands.
 *
 * @param directory its folder
 * @param healthy whether nothing is wrong
 * @param problems what is wrong, in words
 * @param processes each of them
 * @param job the job; null when none runs or nobody can say
 * @param labelsPerSecond of the last seconds; null when the broker does not answer
 * @param kafka what a client's {@code bootstrap.servers} takes
 * @param flink address of Flink's web interface
 * @param page address of the live page
 * @param gateway where devices send frames; null without a gateway
 * @param metrics addresses for Prometheus, by the process's name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClusterStatus(
    String directory,
    boolean healthy,
    List<String> problems,
    List<ProcessState> processes,
    Job job,
    Double labelsPerSecond,
    String kafka,
    String flink,
    String page,
    String gateway,
    Map<String, String> metrics) {

  public ClusterStatus {
    problems = List.copyOf(problems);
    processes = List.copyOf(processes);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /**
   * How the job stands.
   *
   * @param id Flink's
   * @param state Flink's word
   * @param tasks parallel instances of all operators
   * @param runningTasks those that run
   * @param restarts since it was submitted
   * @param lastFailure why it was restarted last; empty when it never was
   * @param checkpointAgeSeconds since the latest checkpoint; null when there is none
   * @param stateBytes size of that checkpoint; null when there is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Job(
      String id,
      String state,
      int tasks,
      int runningTasks,
      int restarts,
      String lastFailure,
      Double checkpointAgeSeconds,
      Long stateBytes) {}
}
