package io.physiowave.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class FrameProducerSettingsTest {
  /** Kafka's own five minutes are longer than a test should take. */
  @Test
  void a_topic_is_known_as_long_as_anybody_may_pause() {
    Map<String, Object> settings = new HashMap<>(FrameProducerSettings.settings("localhost:9092"));
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, SignalFrameSerializer.class);

    long idle = new ProducerConfig(settings).getLong(ProducerConfig.METADATA_MAX_IDLE_CONFIG);

    assertThat(Duration.ofMillis(idle)).isGreaterThan(Duration.ofDays(365));
  }
}
