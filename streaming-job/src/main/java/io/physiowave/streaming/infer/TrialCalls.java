package io.physiowave.streaming.infer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Calls of models on trial: each model on a thread of its own, so that a slow one holds no other
 * up, and given up when it takes too long.
 */
final class TrialCalls implements AutoCloseable {
  private final Duration limit;
  private final ScheduledThreadPoolExecutor clock;

  /**
   * Without a thread until the first call.
   *
   * @param limit how long a call may take
   * @param task whose models these are, for the thread's name
   */
  TrialCalls(Duration limit, String task) {
    this.limit = limit;
    clock =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "limit of trials of " + task);
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
  }

  /** Puts a batch to its model; the answer comes within the limit, from either thread. */
  CompletableFuture<Answer> ask(ModelLane lane, ModelLane.Call call) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    ScheduledFuture<?> end =
        clock.schedule(
            () -> answer.complete(Answer.overdue(lane.served(), limit)),
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
    lane.ownThread()
        .execute(
            () -> {
              answer.complete(call.run());
              end.cancel(false);
            });
    return answer;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
