package io.physiowave.streaming.calibrate;

import io.physiowave.connectors.kafka.KafkaUnavailableException;
import io.physiowave.core.calibration.StreamCalibration;
import io.physiowave.core.calibration.StreamCalibrationJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes calibrations for the job. Close it after use. */
public final class CalibrationTopic implements AutoCloseable {
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * Connects.
   *
   * @param settings of the client, bootstrap.servers among them
   * @throws KafkaUnavailableException when no broker answers, or the topic does not exist
   */
  public CalibrationTopic(String topic, Map<String, Object> settings) {
    this.topic = topic;
    Map<String, Object> writing = new HashMap<>(settings);
    writing.put(ProducerConfig.ACKS_CONFIG, "all");
    producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      producer.partitionsFor(topic);
    } catch (TimeoutException e) {
      producer.close(Duration.ZERO);
      throw new KafkaUnavailableException(
          "topic "
              + topic
              + " is not found; check the bootstrap servers, and that it exists ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  /**
   * Publishes one and returns when Kafka has it.
   *
   * @throws KafkaUnavailableException when Kafka does not take it
   */
  public void publish(StreamCalibration calibration) {
    write(calibration.stream(), StreamCalibrationJson.encode(calibration));
  }

  /**
   * Takes a stream's calibration back and returns when Kafka has it.
   *
   * @throws KafkaUnavailableException when Kafka does not take it
   */
  public void remove(String stream) {
    write(stream, null);
  }

  private void write(String stream, byte[] value) {
    try {
      producer
          .send(new ProducerRecord<>(topic, stream.getBytes(StandardCharsets.UTF_8), value))
          .get();
    } catch (ExecutionException e) {
      throw new KafkaUnavailableException(
          "topic " + topic + " does not take the record: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing to " + topic, e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
