package io.physiowave.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.connectors.kafka.TopicCreation;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.testing.TestBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topic of frames as the job would read it, from its beginning. */
public final class FrameTopic implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final KafkaConsumer<String, byte[]> consumer;
  private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

  /** Follows the topic, which is created if it is not there. */
  public FrameTopic(TestBroker broker) {
    TopicCreation.create(broker.bootstrapServers(), List.of(SignalTopic.FRAMES), 2, 1);
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    String topic = SignalTopic.FRAMES.topicName();
    consumer.assign(List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1)));
  }

  /** Records of a stream, once there are that many. */
  public List<ConsumerRecord<String, byte[]>> await(String stream, int count) {
    return await(stream, found -> found.size() >= count);
  }

  /** Records of a stream, once they are as wanted. */
  public List<ConsumerRecord<String, byte[]>> await(
      String stream, Predicate<List<ConsumerRecord<String, byte[]>>> wanted) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!wanted.test(of(stream))) {
      assertThat(Instant.now()).as("frames of " + stream + ": " + of(stream).size()).isBefore(end);
      consumer.poll(Duration.ofMillis(100)).forEach(records::add);
    }
    return of(stream);
  }

  private List<ConsumerRecord<String, byte[]>> of(String stream) {
    return records.stream().filter(record -> record.key().equals(stream)).toList();
  }

  /** The frames in records. */
  public static List<SignalFrame> frames(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream().map(record -> SignalFrameCodec.decode(record.value())).toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
