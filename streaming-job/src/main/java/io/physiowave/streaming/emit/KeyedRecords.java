package io.physiowave.streaming.emit;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Values of streams as Kafka records: key = stream id, so that a stream's values stay in order. */
final class KeyedRecords<T> implements KafkaRecordSerializationSchema<T> {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final Field<T, String> streamId;
  private final Field<T, byte[]> bytes;

  /** A function that travels to the task managers. */
  @FunctionalInterface
  interface Field<T, V> extends Serializable {
    V of(T value);
  }

  KeyedRecords(String topic, Field<T, String> streamId, Field<T, byte[]> bytes) {
    this.topic = topic;
    this.streamId = streamId;
    this.bytes = bytes;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      T value, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        topic, streamId.of(value).getBytes(StandardCharsets.UTF_8), bytes.of(value));
  }
}
