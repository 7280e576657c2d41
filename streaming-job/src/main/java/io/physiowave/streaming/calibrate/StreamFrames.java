package io.physiowave.streaming.calibrate;

import io.physiowave.core.frame.InvalidFrameException;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads one stream's frames from Kafka, from now on. Close it after use. */
public final class StreamFrames implements FrameFeed, AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final String topic;
  private final String stream;
  private final Duration patience;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Queue<SignalFrame> read = new ArrayDeque<>();

  /**
   * Connects.
   *
   * @param topic of frames
   * @param patience how long to wait for a frame
   * @param settings of the client, bootstrap.servers among them
   * @throws IllegalArgumentException when the topic does not exist
   */
  public StreamFrames(
      String topic, String stream, Duration patience, Map<String, Object> settings) {
    this.topic = topic;
    this.stream = stream;
    this.patience = patience;
    Map<String, Object> reading = new HashMap<>(settings);
    reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    reading.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      consumer.close();
      throw new IllegalArgumentException("topic " + topic + " does not exist");
    }
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  @Override
  public SignalFrame next() {
    long deadline = System.nanoTime() + patience.toNanos();
    byte[] key = stream.getBytes(StandardCharsets.UTF_8);
    while (read.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "no frame of stream "
                + stream
                + " has come to "
                + topic
                + " for "
                + patience.toSeconds()
                + " s; is the device sending?");
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (Arrays.equals(record.key(), key) && record.value() != null) {
          take(record);
        }
      }
    }
    return read.remove();
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      read.add(SignalFrameCodec.decode(record.value()));
    } catch (InvalidFrameException e) {
      throw new IllegalStateException("the device sends what is no frame: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
