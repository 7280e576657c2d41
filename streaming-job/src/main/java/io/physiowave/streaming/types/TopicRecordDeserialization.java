package io.physiowave.streaming.types;

import io.physiowave.connectors.trace.Traceparent;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Takes Kafka records as they are: whether they are frames is decided behind the source. */
public final class TopicRecordDeserialization
    implements KafkaRecordDeserializationSchema<TopicRecord> {
  private static final long serialVersionUID = 1L;

  private final boolean traces;

  /**
   * Reads records.
   *
   * @param traces whether their trace is looked for
   */
  public TopicRecordDeserialization(boolean traces) {
    this.traces = traces;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<TopicRecord> out) {
    out.collect(
        new TopicRecord(
            record.key(),
            record.value(),
            record.partition(),
            record.offset(),
            record.timestamp(),
            traces ? traceparent(record) : Traceparent.NONE));
  }

  private static String traceparent(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(Traceparent.HEADER);
    return header == null || header.value() == null
        ? Traceparent.NONE
        : Traceparent.sampled(new String(header.value(), StandardCharsets.US_ASCII));
  }

  @Override
  public TypeInformation<TopicRecord> getProducedType() {
    return TopicRecord.TYPE;
  }
}
