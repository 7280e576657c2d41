package io.physiowave.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.physiowave.cluster.flink.FlinkRefusedException;
import io.physiowave.cluster.flink.FlinkRest;
import io.physiowave.cluster.flink.FlinkUnavailableException;
import io.physiowave.cluster.flink.JobSummary;
import io.physiowave.cluster.process.ProcessState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a cluster how it stands. Nothing is waited for longer than a few seconds. */
public final class StatusInquiry {
  private final LocalCluster cluster;
  private final List<String> problems = new ArrayList<>();

  private StatusInquiry(LocalCluster cluster) {
    this.cluster = cluster;
  }

  /** Asks. */
  public static ClusterStatus of(LocalCluster cluster) {
    return new StatusInquiry(cluster).ask();
  }

  private ClusterStatus ask() {
    ClusterPlan plan = cluster.plan();
    List<ProcessState> processes =
        plan.processes().stream().map(cluster.processes()::state).toList();
    for (ProcessState process : processes) {
      if (!process.isUp()) {
        problems.add(
            process.name()
                + (process.exitReason().isEmpty()
                    ? " does not run"
                    : " crashed: " + process.exitReason()));
      }
    }
    ClusterStatus.Job job = job().orElse(null);
    Double labels = labels(plan);
    return new ClusterStatus(
        cluster.folder().root().toString(),
        problems.isEmpty(),
        problems,
        processes,
        job,
        labels,
        plan.bootstrapServers(),
        cluster.flink().address(),
        "http://localhost:" + plan.ports().page(),
        plan.hasGateway() ? "http://localhost:" + plan.ports().gateway() : null,
        metrics(plan));
  }

  private static Map<String, String> metrics(ClusterPlan plan) {
    Map<String, String> addresses = new LinkedHashMap<>();
    plan.metricsPorts()
        .forEach((name, port) -> addresses.put(name, "http://localhost:" + port + "/metrics"));
    return addresses;
  }

  private Optional<ClusterStatus.Job> job() {
    FlinkRest flink = cluster.flink();
    try {
      Optional<JobSummary> active = flink.activeJob();
      if (active.isEmpty()) {
        problems.add("no job runs; 'cluster up' or 'cluster submit' starts it");
        return Optional.empty();
      }
      JobSummary job = active.get();
      if (!job.isRunning()) {
        problems.add(
            "the job is "
                + job.state()
                + ", "
                + job.running()
                + " of "
                + job.tasks()
                + " tasks run");
      }
      JsonNode latest = flink.checkpoints(job.id()).at("/latest/completed");
      boolean any = latest.hasNonNull("latest_ack_timestamp");
      return Optional.of(
          new ClusterStatus.Job(
              job.id(),
              job.state(),
              job.tasks(),
              job.running(),
              flink.jobMetric(job.id(), "numRestarts").map(Integer::parseInt).orElse(0),
              flink.lastFailure(job.id()),
              any
                  ? (System.currentTimeMillis() - latest.path("latest_ack_timestamp").asLong())
                      / 1e3
                  : null,
              any ? latest.path("state_size").asLong() : null));
    } catch (FlinkUnavailableException | FlinkRefusedException e) {
      problems.add(e.getMessage());
      return Optional.empty();
    }
  }

  private Double labels(ClusterPlan plan) {
    if (!BrokerProbe.answers(plan.bootstrapServers())) {
      problems.add("the broker at " + plan.bootstrapServers() + " does not answer");
      return null;
    }
    try {
      double labels = cluster.labelsPerSecond();
      if (labels == 0 && plan.gateways() > 0) {
        problems.add("no label came in the last seconds");
      }
      return labels;
    } catch (IllegalStateException e) {
      problems.add(e.getMessage());
      return null;
    }
  }
}
