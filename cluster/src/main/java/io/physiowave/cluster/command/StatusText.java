package io.physiowave.cluster.command;

import io.physiowave.cluster.ClusterStatus;
import io.physiowave.cluster.process.ProcessState;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** A cluster's state for people. */
final class StatusText {
  private StatusText() {}

  static void write(PrintWriter out, ClusterStatus status) {
    long now = System.currentTimeMillis();
    for (ProcessState process : status.processes()) {
      out.println(line(process, now));
      process.logTail().forEach(line -> out.println("    | " + line));
    }
    if (status.job() != null) {
      out.println(line(status.job()));
      if (!status.job().lastFailure().isEmpty()) {
        out.println("            last failure: " + status.job().lastFailure());
      }
    }
    if (status.labelsPerSecond() != null) {
      out.println(
          String.format(Locale.ROOT, "labels      %.1f a second", status.labelsPerSecond()));
    }
    out.println("live page   " + status.page());
    if (status.gateway() != null) {
      out.println("gateway     " + status.gateway());
    }
    out.println("Flink       " + status.flink());
    out.println("Kafka       " + status.kafka());
    status
        .metrics()
        .forEach((name, address) -> out.println("metrics     " + address + " of " + name));
    out.println("folder      " + status.directory());
    out.println(
        status.healthy() ? "All is well." : "Not well: " + String.join("; ", status.problems()));
  }

  private static String line(ProcessState process, long now) {
    return switch (process.condition()) {
      case UP ->
          String.format(
              Locale.ROOT,
              "%-15s up       pid %-7d for %s, %d MB",
              process.name(),
              process.pid(),
              age(now - process.startMillis()),
              process.residentBytes() >> 20);
      case CRASHED ->
          String.format(
              Locale.ROOT,
              "%-15s CRASHED  pid %-7d %s",
              process.name(),
              process.pid(),
              process.exitReason());
      case DOWN -> String.format(Locale.ROOT, "%-15s down", process.name());
    };
  }

  private static String line(ClusterStatus.Job job) {
    return String.format(
        Locale.ROOT,
        "job         %s %s, %d of %d tasks run, %d restarts, %s",
        job.id(),
        job.state(),
        job.runningTasks(),
        job.tasks(),
        job.restarts(),
        job.checkpointAgeSeconds() == null
            ? "no checkpoint yet"
            : String.format(
                Locale.ROOT,
                "checkpoint of %d kB %.1f s ago",
                job.stateBytes() >> 10,
                job.checkpointAgeSeconds()));
  }

  private static String age(long millis) {
    Duration age = Duration.ofMillis(millis);
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", age.toHours(), age.toMinutesPart(), age.toSecondsPart());
  }
}
