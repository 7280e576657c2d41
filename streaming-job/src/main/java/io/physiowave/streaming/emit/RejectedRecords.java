package io.physiowave.streaming.emit;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.streaming.decode.RejectedFrame;
import io.physiowave.streaming.options.KafkaOptions;
import io.physiowave.streaming.types.TopicRecord;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Rejected frames as Kafka records: the original key and value, and as headers {@code reason} for
 * people, {@code reason-code} for machines, and where the record stood: {@code source-topic},
 * {@code source-partition}, {@code source-offset}.
 *
 * <p>A record that Kafka takes with its headers only just not goes without its value, and one whose
 * key alone is too long without its key too: nothing that a device sends may stop the job, and both
 * still stand at the source.
 */
final class RejectedRecords implements KafkaRecordSerializationSchema<RejectedFrame> {
  private static final long serialVersionUID = 1L;

  /** What Kafka's producer takes unless told otherwise. */
  private static final int USUAL_MOST_BYTES = 1_048_576;

  /** For the names of headers, and what Kafka itself adds to a record. */
  private static final int RESERVED_BYTES = 512;

  private final String topic;
  private final String framesTopic;
  private final String calibrationTopic;
  private final int mostBytes;

  RejectedRecords(KafkaOptions kafka) {
    topic = kafka.rejectedTopic();
    framesTopic = kafka.framesTopic();
    calibrationTopic = kafka.calibrationTopic().orElse("");
    String most = kafka.properties().get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    mostBytes = (most == null ? USUAL_MOST_BYTES : Integer.parseInt(most)) - RESERVED_BYTES;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      RejectedFrame rejected, KafkaSinkContext context, Long timestamp) {
    TopicRecord source = rejected.record();
    byte[] key = source.key();
    byte[] value = source.value();
    String reason = rejected.message();
    if (length(key) + length(value) + length(bytes(reason)) > mostBytes) {
      reason +=
          "; the value of " + length(value) + " bytes is too long here and stands at its source";
      value = null;
      key = length(key) + length(bytes(reason)) > mostBytes ? null : key;
    }
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, value);
    add(record, SignalTopic.REASON_HEADER, reason);
    add(record, "reason-code", rejected.reason().code());
    add(record, "source-topic", source.isCalibration() ? calibrationTopic : framesTopic);
    add(record, "source-partition", Integer.toString(source.partition()));
    add(record, "source-offset", Long.toString(source.offset()));
    return record;
  }

  private static void add(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static long length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
