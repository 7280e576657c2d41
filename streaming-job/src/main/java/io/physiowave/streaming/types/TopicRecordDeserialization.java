package io.physiowave.streaming.types;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes Kafka records as they are: whether they are frames is decided behind the source. */
public final class TopicRecordDeserialization
    implements KafkaRecordDeserializationSchema<TopicRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<TopicRecord> out) {
    out.collect(
        new TopicRecord(
            record.key(), record.value(), record.partition(), record.offset(), record.timestamp()));
  }

  @Override
  public TypeInformation<TopicRecord> getProducedType() {
    return TopicRecord.TYPE;
  }
}
