package io.physiowave.streaming.emit;

import io.physiowave.streaming.control.ControlJson;
import io.physiowave.streaming.control.ModelStatus;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Status reports as Kafka records: key = what it is about, value = JSON. */
final class ModelStatusRecords implements KafkaRecordSerializationSchema<ModelStatus> {
  private static final long serialVersionUID = 1L;

  private final String topic;

  ModelStatusRecords(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      ModelStatus status, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        topic, status.key().getBytes(StandardCharsets.UTF_8), ControlJson.write(status));
  }
}
