package io.physiowave.gateway.mqtt;

import io.physiowave.gateway.intake.Answer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has messages answered in the order in which they came, stream by stream, and tries again for ever
 * what Kafka does not confirm.
 *
 * <p>What comes while messages of its stream are under way waits until these are settled, and then
 * goes on its way all at once. So nothing overtakes a message that has to be tried again, however
 * long Kafka is away; and of a stream that is not held up no message waits longer than Kafka takes
 * for one. Only of messages that went together, within a moment, may Kafka confirm a later one and
 * not an earlier one. How many there are at most, whoever calls this has to see to.
 *
 * @param <M> the messages
 */
final class StreamOrder<M> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamOrder.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(250);
  private static final Duration LAST_RETRY = Duration.ofSeconds(2);

  private final Function<List<M>, List<CompletableFuture<Answer>>> send;
  private final BiConsumer<M, Answer> settled;
  private final Duration firstRetry;

  /** What waits, by stream; a stream is here while messages of it are under way. */
  private final Map<String, Queue<M>> waiting = new HashMap<>();

  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "gateway-mqtt-order");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * An order in which nothing is under way.
   *
   * @param send sends messages of a stream, in order, and gives their answers, none of which fails
   * @param settled told of each message that is accepted or refused, with the answer
   */
  StreamOrder(
      Function<List<M>, List<CompletableFuture<Answer>>> send, BiConsumer<M, Answer> settled) {
    this(send, settled, FIRST_RETRY);
  }

  StreamOrder(
      Function<List<M>, List<CompletableFuture<Answer>>> send,
      BiConsumer<M, Answer> settled,
      Duration firstRetry) {
    this.send = send;
    this.settled = settled;
    this.firstRetry = firstRetry;
  }

  /** Sends a message as soon as those of its stream that came before are settled. */
  void take(String stream, M message) {
    synchronized (waiting) {
      Queue<M> behind = waiting.get(stream);
      if (behind != null) {
        behind.add(message);
        return;
      }
      waiting.put(stream, new ArrayDeque<>());
    }
    send(stream, List.of(message), firstRetry);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // no answer fails
  private void send(String stream, List<M> group, Duration delay) {
    List<CompletableFuture<Answer>> answers = send.apply(group);
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenRun(() -> settle(stream, group, answers, delay));
  }

  private void settle(
      String stream, List<M> group, List<CompletableFuture<Answer>> answers, Duration delay) {
    List<M> again = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      Answer answer = answers.get(i).join();
      if (answer instanceof Answer.Undelivered) {
        again.add(group.get(i));
      } else {
        settled.accept(group.get(i), answer);
      }
    }
    if (again.isEmpty()) {
      next(stream);
    } else {
      Duration twice = delay.multipliedBy(2);
      Duration then = twice.compareTo(LAST_RETRY) < 0 ? twice : LAST_RETRY;
      after(delay, () -> send(stream, again, then));
    }
  }

  private void next(String stream) {
    List<M> group;
    synchronized (waiting) {
      Queue<M> behind = waiting.get(stream);
      if (behind.isEmpty()) {
        waiting.remove(stream);
        return;
      }
      group = List.copyOf(behind);
      behind.clear();
    }
    // Not here: answers that come at once would call this again and again.
    after(Duration.ZERO, () -> send(stream, group, firstRetry));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what it does never fails
  private void after(Duration delay, Runnable task) {
    try {
      later.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the gateway ends; the broker keeps the messages", e);
    }
  }

  /** Sends nothing any more; what is under way is still settled. */
  @Override
  public void close() {
    later.shutdownNow();
  }
}
