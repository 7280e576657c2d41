package io.physiowave.gateway.testing;

import io.physiowave.core.event.Episode;
import io.physiowave.core.event.EventPhase;
import io.physiowave.core.event.SignalEvent;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelTiming;
import io.physiowave.core.label.ModelReference;
import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.quality.SignalQuality;
import io.physiowave.testing.TestBroker;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Says what the job would say. */
public final class TestLabels implements AutoCloseable {
  private final KafkaProducer<String, byte[]> producer;

  /** Says it to the topics of a broker. */
  public TestLabels(TestBroker broker) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Returns when Kafka has it. */
  public void say(String topic, String stream, byte[] value) throws Exception {
    say(new ProducerRecord<>(topic, stream, value));
  }

  /** The same of a record. */
  public void say(ProducerRecord<String, byte[]> record) throws Exception {
    producer.send(record).get(2, TimeUnit.MINUTES);
  }

  /** A fist of a stream, in the window from a sample on; UNCLASSIFIABLE for a reason. */
  public static LabelEvent label(String stream, long start, String reason) {
    return new LabelEvent(
        stream + start,
        stream,
        "session",
        Modality.EMG,
        new ModelReference("emg-gestures", "1.3.0", "0".repeat(64)),
        200,
        start,
        start + 96,
        0,
        0,
        OptionalLong.empty(),
        reason.isEmpty() ? "2" : LabelEvent.UNCLASSIFIABLE,
        reason.isEmpty() ? 0.75f : 0,
        reason.isEmpty() ? Map.of("2", 0.75f) : Map.of(),
        reason.isEmpty() ? Map.of("2", "fist") : Map.of(),
        reason.isEmpty() ? SignalQuality.GOOD : new SignalQuality(QualityLevel.BAD, "noise"),
        reason,
        new LabelTiming(0, 0, 0, 0),
        "");
  }

  /** The onset of a fist. */
  public static SignalEvent onset(String stream) {
    return new SignalEvent(
        stream,
        "session",
        Modality.EMG,
        new ModelReference("emg-gestures", "1.3.0", "0".repeat(64)),
        200,
        new Episode(
            "gesture", "2", "fist", EventPhase.ONSET, 96, OptionalLong.empty(), 0.75f, 4, 0),
        480_000,
        OptionalLong.empty());
  }

  @Override
  public void close() {
    producer.close();
  }
}
