package io.physiowave.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelTiming;
import io.physiowave.core.label.ModelReference;
import io.physiowave.core.quality.SignalQuality;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class LabelEventSerializerTest {
  private static final String TOPIC = SignalTopic.LABELS.topicName();

  private final LabelEventSerializer serializer = new LabelEventSerializer();
  private final LabelEventDeserializer deserializer = new LabelEventDeserializer();

  private static LabelEvent label() {
    return new LabelEvent(
        "5c6b5316-fc31-377e-bc85-deeb83af5159",
        "arm-1",
        "session",
        Modality.EMG,
        new ModelReference("emg-gestures", "1.0.0", "0".repeat(64)),
        1000,
        0,
        480,
        1_000_000,
        1_480_000,
        OptionalLong.empty(),
        "2",
        0.75f,
        Map.of("1", 0.25f, "2", 0.75f),
        Map.of("1", "rest", "2", "fist"),
        SignalQuality.GOOD,
        "",
        new LabelTiming(1, 2, 3, 4),
        "");
  }

  @Test
  void a_label_comes_back_as_it_was_sent() {
    assertThat(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, label())))
        .isEqualTo(label());
  }

  @Test
  void a_record_without_value_stays_without() {
    assertThat(serializer.serialize(TOPIC, null)).isNull();
    assertThat(deserializer.deserialize(TOPIC, null)).isNull();
  }

  @Test
  void bytes_that_are_no_label_are_refused() {
    assertThatThrownBy(() -> deserializer.deserialize(TOPIC, new byte[] {(byte) 0xff, 1, 2}))
        .isInstanceOf(SerializationException.class);
  }
}
