package io.physiowave.streaming.emit;

import io.physiowave.core.arrhythmia.RhythmSummary;
import io.physiowave.core.arrhythmia.RhythmSummaryCodec;
import io.physiowave.core.event.SignalEvent;
import io.physiowave.core.event.SignalEventCodec;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.streaming.control.ModelStatus;
import io.physiowave.streaming.decode.RejectedFrame;
import io.physiowave.streaming.options.KafkaOptions;
import io.physiowave.streaming.options.StartingOffsets;
import io.physiowave.streaming.types.TopicRecord;
import io.physiowave.streaming.types.TopicRecordDeserialization;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Source and sinks of the job, each with its guarantee written out: KafkaSink's own is none. */
public final class KafkaEnds {
  private KafkaEnds() {}

  /**
   * Reads frames; a job that restores a checkpoint goes on where that stopped.
   *
   * @param traces whether traces are looked for
   */
  public static KafkaSource<TopicRecord> frames(KafkaOptions kafka, boolean traces) {
    Properties properties = new Properties();
    // New partitions are found while the job runs.
    properties.setProperty("partition.discovery.interval.ms", "30000");
    properties.setProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100");
    properties.putAll(kafka.properties());
    return KafkaSource.<TopicRecord>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setTopics(kafka.framesTopic())
        .setGroupId(kafka.groupId())
        .setStartingOffsets(offsets(kafka.start()))
        .setDeserializer(new TopicRecordDeserialization(traces))
        .setProperties(properties)
        .build();
  }

  /** The connector still takes Kafka's deprecated enumeration. */
  @SuppressWarnings("deprecation")
  private static OffsetsInitializer offsets(StartingOffsets start) {
    return switch (start) {
      case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
      case EARLIEST -> OffsetsInitializer.earliest();
      case LATEST -> new FromLatest();
    };
  }

  /** Reads what models should serve. */
  public static KafkaSource<TopicRecord> models(KafkaOptions kafka, String topic) {
    return compacted(kafka, topic, "-models");
  }

  /** Reads what models are told about each wearer. */
  public static KafkaSource<TopicRecord> calibrations(KafkaOptions kafka, String topic) {
    return compacted(kafka, topic, "-calibration");
  }

  /** Reads from the beginning: a compacted topic says it all. */
  private static KafkaSource<TopicRecord> compacted(
      KafkaOptions kafka, String topic, String groupSuffix) {
    Properties properties = new Properties();
    properties.putAll(kafka.properties());
    return KafkaSource.<TopicRecord>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setTopics(topic)
        .setGroupId(kafka.groupId() + groupSuffix)
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(new TopicRecordDeserialization(false))
        .setProperties(properties)
        .build();
  }

  /** What became of a change of models, at least once. */
  public static KafkaSink<ModelStatus> modelStatus(KafkaOptions kafka) {
    return sink(kafka, new ModelStatusRecords(kafka.modelsStatusTopic()), "1")
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .build();
  }

  /** Labels at once and at least once: control must not wait for a checkpoint. */
  public static KafkaSink<LabelEvent> labels(KafkaOptions kafka) {
    return sink(kafka, new LabelRecords(kafka.labelsTopic()), "1")
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .build();
  }

  /** Onsets and offsets, at once and at least once. */
  public static KafkaSink<SignalEvent> events(KafkaOptions kafka) {
    return sink(
            kafka,
            new KeyedRecords<>(
                kafka.eventsTopic(), SignalEvent::streamId, SignalEventCodec::encode),
            "1")
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .build();
  }

  /** Summaries of beats, at least once. */
  public static KafkaSink<RhythmSummary> rhythms(KafkaOptions kafka) {
    return sink(
            kafka,
            new KeyedRecords<>(
                kafka.rhythmsTopic(), RhythmSummary::streamId, RhythmSummaryCodec::encode),
            "20")
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .build();
  }

  /** Labels of models that run beside the serving ones, at least once. */
  public static KafkaSink<LabelEvent> shadowLabels(KafkaOptions kafka) {
    return sink(kafka, new LabelRecords(kafka.shadowTopic()), "20")
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .build();
  }

  /** Labels exactly once, in one transaction a checkpoint. */
  public static KafkaSink<LabelEvent> audit(KafkaOptions kafka) {
    return sink(kafka, new LabelRecords(kafka.auditTopic()), "20")
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(kafka.transactionIdPrefix())
        .setProperty(
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            Long.toString(kafka.transactionTimeout().toMillis()))
        .build();
  }

  /** Rejected frames at least once. */
  public static KafkaSink<RejectedFrame> rejected(KafkaOptions kafka) {
    return sink(kafka, new RejectedRecords(kafka), "20")
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .build();
  }

  private static <T> KafkaSinkBuilder<T> sink(
      KafkaOptions kafka, KafkaRecordSerializationSchema<T> records, String lingerMillis) {
    Properties properties = new Properties();
    properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
    properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, lingerMillis);
    properties.putAll(kafka.properties());
    return KafkaSink.<T>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setKafkaProducerConfig(properties)
        .setRecordSerializer(records);
  }
}
