package io.physiowave.streaming.emit;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.streaming.decode.RejectedFrame;
import io.physiowave.streaming.options.KafkaOptions;
import io.physiowave.streaming.types.TopicRecord;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Rejected frames as Kafka records: the original key and value, and as headers {@code reason} for
 * people, {@code reason-code} for machines, and where the record stood: {@code source-topic},
 * {@code source-partition}, {@code source-offset}.
 */
final class RejectedRecords implements KafkaRecordSerializationSchema<RejectedFrame> {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final String framesTopic;
  private final String calibrationTopic;

  RejectedRecords(KafkaOptions kafka) {
    topic = kafka.rejectedTopic();
    framesTopic = kafka.framesTopic();
    calibrationTopic = kafka.calibrationTopic().orElse("");
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      RejectedFrame rejected, KafkaSinkContext context, Long timestamp) {
    TopicRecord source = rejected.record();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, source.key(), source.value());
    add(record, SignalTopic.REASON_HEADER, rejected.message());
    add(record, "reason-code", rejected.reason().code());
    add(record, "source-topic", source.isCalibration() ? calibrationTopic : framesTopic);
    add(record, "source-partition", Integer.toString(source.partition()));
    add(record, "source-offset", Long.toString(source.offset()));
    return record;
  }

  private static void add(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
