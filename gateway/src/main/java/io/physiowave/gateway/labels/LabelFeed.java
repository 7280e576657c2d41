package io.physiowave.gateway.labels;

import io.physiowave.connectors.kafka.FollowedTopics;
import io.physiowave.connectors.kafka.TopicFollower;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings listeners a topic of labels or events, with one follower for all of them, and none while
 * nobody listens.
 *
 * <p>A listener hears what is said from a moment after it has connected on.
 */
final class LabelFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LabelFeed.class);
  private static final long PING_SECONDS = 20;

  /** The follower stays a while for listeners that connect again. */
  private static final long LINGER_NANOS = Duration.ofSeconds(10).toNanos();

  private final FollowedTopics topic;
  private final LabelListeners listeners;
  private final ScheduledThreadPoolExecutor clock;
  private final Object telling = new Object();
  private volatile TopicFollower follower;
  private boolean muted;
  private long heard;

  private LabelFeed(LabelKind kind, String bootstrapServers, String topic) {
    this.topic =
        new FollowedTopics(
            bootstrapServers, "physiowave-gateway-" + topic, List.of(topic), List.of());
    clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "feed-of-" + kind.parameter());
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    listeners = new LabelListeners(kind, () -> clock.execute(this::look));
  }

  /**
   * Begins to wait for listeners.
   *
   * @param bootstrapServers host:port, separated by commas; no broker need be there
   * @param topic whose records are of that kind; it need not be there
   */
  static LabelFeed start(LabelKind kind, String bootstrapServers, String topic) {
    LabelFeed feed = new LabelFeed(kind, bootstrapServers, topic);
    feed.every(1, feed::look);
    feed.every(PING_SECONDS, feed.listeners::ping);
    return feed;
  }

  private void every(long seconds, Runnable task) {
    var unused =
        clock.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (RuntimeException e) {
                // One that is thrown would be the last time.
                LOG.warn("{}: {}", topic.required(), e.toString(), e);
              }
            },
            seconds,
            seconds,
            TimeUnit.SECONDS);
  }

  LabelListeners listeners() {
    return listeners;
  }

  /** False while there are listeners who would hear nothing, as the topic is not read. */
  boolean isConnected() {
    TopicFollower started = follower;
    return listeners.count() == 0 || (started != null && started.isConnected());
  }

  /** Begins to follow when somebody listens, and ends it when nobody has for a while. */
  private void look() {
    if (listeners.count() > 0) {
      heard = System.nanoTime();
      if (follower == null) {
        synchronized (telling) {
          muted = false;
        }
        follower = TopicFollower.start(topic, this::tell);
      }
    } else if (System.nanoTime() - heard > LINGER_NANOS && mute()) {
      stopFollowing();
    }
  }

  /**
   * Tells nothing more, unless somebody has come by now: who has been told something must be told
   * the rest, too.
   */
  private boolean mute() {
    synchronized (telling) {
      muted = listeners.count() == 0;
      return muted;
    }
  }

  private void stopFollowing() {
    if (follower != null) {
      follower.close();
      follower = null;
    }
  }

  private void tell(ConsumerRecord<byte[], byte[]> label) {
    if (label.key() == null || label.value() == null) {
      return;
    }
    synchronized (telling) {
      if (muted) {
        return;
      }
      try {
        listeners.tell(label.key(), label.value());
      } catch (IllegalArgumentException e) {
        LOG.debug("{} offset {}: {}", label.topic(), label.offset(), e.getMessage());
      }
    }
  }

  /** Reads no more; listeners that are still there hear nothing. */
  @Override
  public void close() {
    clock.execute(this::stopFollowing);
    clock.shutdown();
    try {
      if (!clock.awaitTermination(15, TimeUnit.SECONDS)) {
        LOG.warn("{} is still being read", topic.required());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
