package io.physiowave.gateway.intake;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a producer learn where a topic's partitions are, as soon as a broker tells: the first frame
 * would wait for that otherwise, and fail on a busy machine.
 */
final class TopicLookup implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicLookup.class);
  private static final long PAUSE_MILLIS = 250;

  private final Producer<?, ?> producer;
  private final String topic;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean known;

  private TopicLookup(Producer<?, ?> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  /** Begins to ask, again and again until it is told. */
  static TopicLookup start(Producer<?, ?> producer, String topic) {
    TopicLookup lookup = new TopicLookup(producer, topic);
    Thread thread = new Thread(lookup::run, "gateway-topic-lookup");
    thread.setDaemon(true);
    thread.start();
    return lookup;
  }

  /** Whether a frame need not wait for it. */
  boolean isDone() {
    return known;
  }

  private void run() {
    try {
      do {
        known = ask();
      } while (!known && !closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean ask() {
    try {
      return !producer.partitionsFor(topic).isEmpty();
    } catch (KafkaException | IllegalStateException e) {
      LOG.debug("{} is not known yet", topic, e);
      return false;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
