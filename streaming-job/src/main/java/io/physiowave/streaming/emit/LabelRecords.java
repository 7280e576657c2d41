package io.physiowave.streaming.emit;

import io.physiowave.connectors.trace.Traceparent;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelEventCodec;
import io.physiowave.streaming.trace.StationTraces;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Labels as Kafka records: key = stream id, so that a stream's labels stay in order. A traced label
 * has the header {@value Traceparent#HEADER}, under which a consumer may go on.
 */
final class LabelRecords implements KafkaRecordSerializationSchema<LabelEvent> {
  private static final long serialVersionUID = 1L;

  private final String topic;

  LabelRecords(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      LabelEvent label, KafkaSinkContext context, Long timestamp) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            label.streamId().getBytes(StandardCharsets.UTF_8),
            LabelEventCodec.encode(label));
    String came = label.timing().traceparent();
    if (!came.isEmpty()) {
      // The last span that the job sees: from the label's leaving to Kafka's client taking it.
      String place =
          StationTraces.record(
              "emit", came, label.timing().emittedMicros(), StationTraces.nowMicros());
      record.headers().add(Traceparent.HEADER, place.getBytes(StandardCharsets.US_ASCII));
    }
    return record;
  }
}
