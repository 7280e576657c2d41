package io.physiowave.quickstart.command;

import io.physiowave.quickstart.embedded.EmbeddedFlink;
import io.physiowave.quickstart.gateway.BacklogLimit;
import io.physiowave.quickstart.gateway.Gateway;
import io.physiowave.quickstart.observe.JobProgress;
import io.physiowave.quickstart.observe.LabelReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays the gateways while the job runs, and ends when every consequence of what was sent is out:
 * the job has read the last frame, and a checkpoint taken after that has completed, before which
 * every window is judged and every label written.
 *
 * @param gateways prepared and not started
 * @param limit the sink they share
 * @param flink where the job runs
 * @param job the job
 * @param progress how far the job has come
 * @param reader follows the labels
 */
record DemoRun(
    List<Gateway> gateways,
    BacklogLimit limit,
    EmbeddedFlink flink,
    JobID job,
    JobProgress progress,
    LabelReader reader) {
  private static final Logger LOG = LoggerFactory.getLogger(DemoRun.class);
  private static final long STEP_MILLIS = 250;
  private static final Duration STALLED = Duration.ofSeconds(60);

  /** A user who pressed Ctrl-C waits for no more than this. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  /**
   * Plays until the recordings end, the time is up or the signal is raised.
   *
   * @throws Exception what went wrong in a gateway, in the job or in reading the labels
   */
  void play(Optional<Duration> duration, StopSignal stop, LiveFigures figures, StatusLine status)
      throws Exception {
    long end = System.nanoTime() + duration.map(Duration::toNanos).orElse(Long.MAX_VALUE / 2);
    gateways.forEach(Gateway::start);
    while (!stop.await(STEP_MILLIS)) {
      requireHealth();
      JobProgress.Position position = progress.position();
      limit.processed(position.read());
      status.show(figures.line(position.backlog()));
      if (gateways.stream().allMatch(Gateway::isDone) || System.nanoTime() - end >= 0) {
        return;
      }
    }
  }

  /**
   * Ends the sessions that still go on, and waits until the job is through with all frames and all
   * labels have been read.
   *
   * @throws Exception what went wrong on the way
   */
  void finish(StopSignal stop, LiveFigures figures, StatusLine status) throws Exception {
    gateways.forEach(Gateway::cancel);
    long raisedAt = System.nanoTime();
    long movedAt = raisedAt;
    long read = -1;
    while (true) {
      requireHealth();
      JobProgress.Position position = progress.position();
      limit.processed(position.read());
      status.show(figures.line(position.backlog()));
      boolean sent = gateways.stream().allMatch(Gateway::isDone);
      if (sent && position.backlog() == 0) {
        flink.checkpoint(job);
        break;
      }
      if (position.read() != read) {
        read = position.read();
        movedAt = System.nanoTime();
      }
      if (System.nanoTime() - movedAt > STALLED.toNanos()) {
        throw new DemoFailedException(
            "the job has made no progress for "
                + STALLED.toSeconds()
                + " s with "
                + position.backlog()
                + " frames before it; the log says more");
      }
      if (stop.isRaised() && System.nanoTime() - raisedAt > STOP_PATIENCE.toNanos()) {
        limit.lift();
        break;
      }
      TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
    }
    awaitLabels();
    LOG.info("every label is out {} ms after the end", (System.nanoTime() - raisedAt) / 1_000_000);
  }

  private void awaitLabels() throws InterruptedException {
    try {
      reader.reachEnd().get(STALLED.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new DemoFailedException(
          "the labels could not be read: " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new DemoFailedException(
          "the labels could not be read within " + STALLED.toSeconds() + " s", e);
    }
  }

  private void requireHealth() throws Exception {
    for (Gateway gateway : gateways) {
      Optional<Exception> failure = gateway.failure();
      if (failure.isPresent()) {
        throw failure.get();
      }
    }
    if (reader.failure().isPresent()) {
      throw reader.failure().get();
    }
    if (flink.status(job).isTerminalState()) {
      throw jobFailed();
    }
  }

  DemoFailedException jobFailed() {
    String trace = flink.failure(job);
    return new DemoFailedException(
        "the streaming job failed: " + JobFailure.rootCause(trace),
        new IllegalStateException(trace));
  }
}
