package io.physiowave.streaming.emit;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.streaming.decode.RejectedFrame;
import io.physiowave.streaming.options.KafkaOptions;
import io.physiowave.streaming.types.TopicRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rejected frames as Kafka records: the original key and value, and as headers {@code reason} for
 * people, {@code reason-code} for machines, and where the record stood: {@code source-topic},
 * {@code source-partition}, {@code source-offset}.
 *
 * <p>A record that Kafka takes with its headers only just not goes without its value, and one whose
 * key alone is too long without its key too: nothing that a device sends may stop the job, and both
 * still stand at the source. How long a record may be, the topic says each time that a task begins:
 * a topic whose limit was lowered meanwhile fails the sink once and no more. Where not even the
 * reason has room, nothing is written; the log says so.
 */
final class RejectedRecords implements KafkaRecordSerializationSchema<RejectedFrame> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(RejectedRecords.class);

  /** What Kafka's producer takes unless told otherwise. */
  private static final int USUAL_MOST_BYTES = 1_048_576;

  /** For the names of headers, and what Kafka itself adds to a record. */
  private static final int RESERVED_BYTES = 512;

  private final String bootstrapServers;
  private final Map<String, String> properties;
  private final String topic;
  private final String framesTopic;
  private final String calibrationTopic;
  private int mostBytes;
  private transient boolean saidThatNoneFits;

  RejectedRecords(KafkaOptions kafka) {
    bootstrapServers = kafka.bootstrapServers();
    properties = kafka.properties();
    topic = kafka.rejectedTopic();
    framesTopic = kafka.framesTopic();
    calibrationTopic = kafka.calibrationTopic().orElse("");
    String most = properties.get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    mostBytes = (most == null ? USUAL_MOST_BYTES : Integer.parseInt(most)) - RESERVED_BYTES;
  }

  @Override
  public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext)
      throws InterruptedException {
    OptionalInt limit = TopicLimit.read(bootstrapServers, properties, topic);
    if (limit.isPresent()) {
      mostBytes = Math.min(mostBytes, limit.getAsInt() - RESERVED_BYTES);
    }
  }

  /** The record; null, which Flink's sink leaves out, when not even the reason has room. */
  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      RejectedFrame rejected, KafkaSinkContext context, Long timestamp) {
    TopicRecord source = rejected.record();
    byte[] key = source.key();
    byte[] value = source.value();
    byte[] reason = bytes(rejected.message());
    if (length(key) + length(value) + reason.length > mostBytes) {
      reason =
          bytes(
              rejected.message()
                  + "; the value of "
                  + length(value)
                  + " bytes is too long here and stands at its source");
      value = null;
      key = length(key) + reason.length > mostBytes ? null : key;
      if (reason.length > mostBytes) {
        sayThatNoneFits();
        return null;
      }
    }
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, value);
    record.headers().add(SignalTopic.REASON_HEADER, reason);
    add(record, "reason-code", rejected.reason().code());
    add(record, "source-topic", source.isCalibration() ? calibrationTopic : framesTopic);
    add(record, "source-partition", Integer.toString(source.partition()));
    add(record, "source-offset", Long.toString(source.offset()));
    return record;
  }

  private void sayThatNoneFits() {
    if (!saidThatNoneFits) {
      saidThatNoneFits = true;
      LOG.warn(
          "topic {} takes too short records for the reasons of refused frames, which are left out"
              + " there; raise its max.message.bytes",
          topic);
    }
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
