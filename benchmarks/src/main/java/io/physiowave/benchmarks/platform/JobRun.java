package io.physiowave.benchmarks.platform;

import io.physiowave.quickstart.embedded.EmbeddedFlink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A running job whose labels are counted as they come. The rate is that of the middle of the run:
 * the start, where tasks are deployed, and the end, where some have no more to do, are left out.
 */
public final class JobRun implements AutoCloseable {
  private static final long STEP_MILLIS = 20;
  private static final long STALLED_NANOS = Duration.ofSeconds(60).toNanos();
  private static final double FIRST_SHARE = 0.1;
  private static final double LAST_SHARE = 0.9;

  private final EmbeddedFlink flink;
  private final JobID job;
  private final LabelTopic labels;
  private final List<Mark> marks = new ArrayList<>();

  private record Mark(long labels, long nanos, long processorNanos) {}

  private JobRun(EmbeddedFlink flink, JobID job, LabelTopic labels) {
    this.flink = flink;
    this.job = job;
    this.labels = labels;
  }

  /**
   * Starts a job and returns when all its tasks run.
   *
   * @param built with the job in it
   * @param labelsTopic where its labels go
   */
  public static JobRun start(Bench bench, StreamExecutionEnvironment built, String labelsTopic)
      throws InterruptedException {
    JobID job = bench.flink().submit(built, "bench");
    JobRun run = new JobRun(bench.flink(), job, bench.labels(labelsTopic));
    if (!bench.flink().awaitRunning(job)) {
      run.close();
      throw new IllegalStateException("the job failed: " + bench.flink().failure(job));
    }
    return run;
  }

  /** The labels so far. */
  public LabelTopic labels() {
    return labels;
  }

  /** The job in Flink. */
  public JobID job() {
    return job;
  }

  /**
   * Waits until so many labels are out, or the time is up.
   *
   * @param progress told the number of labels now and then
   * @return labels out
   */
  public long await(long expected, Duration atMost, LongConsumer progress)
      throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    long moved = System.nanoTime();
    long last = -1;
    if (marks.isEmpty()) {
      marks.add(new Mark(0, moved, ProcessorTime.nanos()));
    }
    while (true) {
      long count = labels.count();
      long now = System.nanoTime();
      marks.add(new Mark(count, now, ProcessorTime.nanos()));
      if (count != last) {
        moved = now;
        last = count;
        progress.accept(count);
      }
      if (count >= expected || now >= end) {
        return count;
      }
      if (flink.status(job).isTerminalState()) {
        throw new IllegalStateException("the job failed: " + flink.failure(job));
      }
      if (now - moved > STALLED_NANOS) {
        throw new LabelsMissingException(
            "the job has stopped at " + count + " of " + expected + " labels");
      }
      TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
    }
  }

  /**
   * The rate of labels over the middle of what {@link #await} saw; over all of it when so few came
   * that the middle is no longer than a look at them.
   */
  public Rate rate() {
    long total = marks.get(marks.size() - 1).labels();
    if (total == 0) {
      throw new IllegalStateException("the job gave no label in the time it had");
    }
    Mark last = reached(total * LAST_SHARE);
    Mark first = reached(total * FIRST_SHARE);
    if (last.labels() == first.labels()) {
      first = marks.get(0);
    }
    return Rate.of(
        last.labels() - first.labels(),
        last.nanos() - first.nanos(),
        last.processorNanos() - first.processorNanos());
  }

  private Mark reached(double labelsOut) {
    return marks.stream().filter(mark -> mark.labels() >= labelsOut).findFirst().orElseThrow();
  }

  /** Ends the job where it stands. */
  @Override
  public void close() {
    labels.close();
    flink.cancel(job);
  }
}
