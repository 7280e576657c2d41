package io.physiowave.benchmarks.platform;

import io.physiowave.benchmarks.load.StreamLoad;
import io.physiowave.connectors.kafka.TopicCreation;
import io.physiowave.quickstart.embedded.EmbeddedBroker;
import io.physiowave.quickstart.embedded.EmbeddedFlink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A Kafka broker and a Flink cluster in this process, with topics made as they are needed. */
public final class Bench implements AutoCloseable {
  private final AtomicInteger topics = new AtomicInteger();
  private final EmbeddedBroker broker;
  private final EmbeddedFlink flink;
  private final Admin admin;
  private final int partitions;
  private final String rejectedTopic;
  private final String eventsTopic;
  private final String rhythmsTopic;

  private Bench(EmbeddedBroker broker, EmbeddedFlink flink, int partitions) {
    this.broker = broker;
    this.flink = flink;
    this.partitions = partitions;
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    rejectedTopic = newTopic("rejected");
    eventsTopic = newTopic("events");
    rhythmsTopic = newTopic("rhythms");
  }

  /**
   * Starts both.
   *
   * @param slots of Flink, and partitions of every topic, 1 or more
   */
  public static Bench start(int slots) {
    EmbeddedBroker broker = EmbeddedBroker.start(0);
    try {
      return new Bench(broker, EmbeddedFlink.start(0, slots), slots);
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  /** The Flink cluster. */
  public EmbeddedFlink flink() {
    return flink;
  }

  /** What Kafka clients take. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Topic of episodes that the measured jobs find. */
  public String eventsTopic() {
    return eventsTopic;
  }

  /** Topic of the measured jobs' summaries of beats. */
  public String rhythmsTopic() {
    return rhythmsTopic;
  }

  /** Topic of frames that the measured jobs refuse. */
  public String rejectedTopic() {
    return rejectedTopic;
  }

  /** Makes an empty topic, dated by the broker. */
  public String newTopic(String kind) {
    String name = kind + "-" + topics.incrementAndGet();
    NewTopic topic =
        new NewTopic(name, partitions, (short) 1)
            .configs(Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
    TopicCreation.create(admin, List.of(topic));
    return name;
  }

  /** Connects to a topic of labels. */
  LabelTopic labels(String topic) {
    return new LabelTopic(bootstrapServers(), topic, partitions);
  }

  /** Removes a topic that is no longer needed. */
  public void delete(String topic) throws InterruptedException {
    try {
      admin.deleteTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker keeps topic " + topic, e.getCause());
    }
  }

  /** Opens a producer, tuned to fill a topic. */
  public KafkaProducer<byte[], byte[]> producer(int lingerMillis) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers(),
            ProducerConfig.LINGER_MS_CONFIG,
            lingerMillis,
            ProducerConfig.BATCH_SIZE_CONFIG,
            256 * 1024),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** Writes a whole load to a topic, stream by stream in turns as devices do. */
  public void fill(String topic, StreamLoad load) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer = producer(20)) {
      for (int frame = 0; frame < load.framesPerStream(); frame++) {
        for (int stream = 0; stream < load.shape().streams(); stream++) {
          byte[] key = load.streamId(stream).getBytes(StandardCharsets.UTF_8);
          var unused =
              producer.send(
                  new ProducerRecord<>(topic, key, load.frame(stream, frame)),
                  (metadata, problem) -> failure.compareAndSet(null, problem));
        }
      }
      producer.flush();
    }
    if (failure.get() != null) {
      throw new IllegalStateException(
          "the broker did not take every frame of " + topic + ": " + failure.get().getMessage(),
          failure.get());
    }
  }

  @Override
  public void close() {
    admin.close();
    try {
      flink.close();
    } finally {
      broker.close();
    }
  }
}
