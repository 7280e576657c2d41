package io.physiowave.dashboard.server;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pushes what the board gathers to every browser, at a pace that the eye takes as live. */
final class Broadcast implements AutoCloseable {
  /** Browsers served at once; further ones are refused. */
  static final int MAXIMUM_WATCHERS = 200;

  private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);
  private static final long SIGNAL_MILLIS = 60;
  private static final long STATUS_MILLIS = 1_000;

  private final DashboardOptions options;
  private final StreamBoard board;
  private final TopicReader reader;
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
  private final Backlog backlog = Backlog.ofHeap(watchers);
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "dashboard-broadcast");
            thread.setDaemon(true);
            return thread;
          });

  Broadcast(DashboardOptions options, StreamBoard board, TopicReader reader) {
    this.options = options;
    this.board = board;
    this.reader = reader;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // each task guards itself
  void start() {
    clock.scheduleAtFixedRate(
        () -> guarded(this::pushSignals), SIGNAL_MILLIS, SIGNAL_MILLIS, TimeUnit.MILLISECONDS);
    clock.scheduleAtFixedRate(
        () -> guarded(this::pushStatus), 0, STATUS_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Takes up a browser, which learns the state at once; empty when there are too many. */
  Optional<Watcher> join(Session browser) {
    if (watchers.size() >= MAXIMUM_WATCHERS) {
      return Optional.empty();
    }
    Watcher watcher = new Watcher(browser, backlog);
    watchers.add(watcher);
    watcher.offer(Messages.json(status(watcher.dropped())));
    return Optional.of(watcher);
  }

  /**
   * Sends a browser the waveforms of these streams from now on, after what they did in their last
   * seconds.
   */
  void watch(Watcher watcher, List<String> streams) {
    // On the thread that pushes, so that nothing is sent twice or in the wrong order.
    clock.execute(
        () ->
            guarded(
                () -> {
                  for (String stream : watcher.watch(streams)) {
                    board
                        .history(stream)
                        .ifPresent(change -> watcher.offer(Messages.signal(change)));
                  }
                }));
  }

  void leave(Watcher watcher) {
    watchers.remove(watcher);
  }

  Messages.Status status(long dropped) {
    return new Messages.Status(
        "status",
        reader.connected(),
        options.bootstrapServers(),
        reader.unreadable(),
        dropped,
        board.summaries(System.currentTimeMillis()));
  }

  /** Drains the board even when nobody watches: what is not shown must not pile up. */
  private void pushSignals() {
    List<StreamBoard.Change> changes = board.drain();
    for (StreamBoard.Change change : changes) {
      List<Watcher> interested =
          watchers.stream().filter(watcher -> watcher.watches(change.stream())).toList();
      if (!interested.isEmpty()) {
        String message = Messages.signal(change);
        interested.forEach(watcher -> watcher.offer(message));
      }
    }
  }

  private void pushStatus() {
    if (watchers.isEmpty()) {
      return;
    }
    Messages.Status status = status(0);
    String common = Messages.json(status);
    for (Watcher watcher : watchers) {
      watcher.offer(watcher.dropped() == 0 ? common : Messages.json(status(watcher.dropped())));
    }
  }

  /** A scheduled task that fails once would never run again. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("a push to the browsers failed", e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
