package io.physiowave.streaming.emit;

import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelEventCodec;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Labels as Kafka records: key = stream id, so that a stream's labels stay in order. */
final class LabelRecords implements KafkaRecordSerializationSchema<LabelEvent> {
  private static final long serialVersionUID = 1L;

  private final String topic;

  LabelRecords(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      LabelEvent label, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        topic, label.streamId().getBytes(StandardCharsets.UTF_8), LabelEventCodec.encode(label));
  }
}
