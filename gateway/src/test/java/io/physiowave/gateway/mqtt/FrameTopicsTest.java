package io.physiowave.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTopicsTest {
  @ParameterizedTest
  @CsvSource({
    "$share/physiowave/physiowave/+/frames, physiowave/arm-1/frames, arm-1, physiowave/arm-1/refused",
    "hospital/ward/+, hospital/ward/bed 7, bed 7, hospital/ward/bed 7/refused",
    "+/ecg/raw, x/ecg/raw, x, x/refused",
    "+, x, x, x/refused",
    "a/+/frames, a/*/frames, *, a/*/refused",
  })
  void theLevelOfTheStreamIsFound(String filter, String topic, String stream, String refusals) {
    FrameTopics topics = new FrameTopics(filter);

    assertThat(topics.stream(topic)).contains(stream);
    assertThat(topics.refusals(stream)).isEqualTo(refusals);
  }

  @ParameterizedTest
  @CsvSource({"a/+/frames, a/x/frame", "a/+/frames, a/x/frames/y", "a/+/frames, b/x/frames"})
  void otherTopicsAreNone(String filter, String topic) {
    assertThat(new FrameTopics(filter).stream(topic)).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "a/+/+", "a/#", "a/+/#", "+a/b", "$share/g", "", "a/+/refused"})
  void filtersWithoutOneStreamAreRefused(String filter) {
    assertThatThrownBy(() -> new FrameTopics(filter))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the MQTT topic is '" + filter + "'");
  }

  @Test
  void aPasswordIsNeverShown() {
    assertThat(new MqttLogin("gateway", "secret")).hasToString("MqttLogin[user=gateway]");
    assertThatThrownBy(() -> MqttOptions.plain(URI.create("mqtt://gateway:secret@broker"), "id"))
        .hasMessageContaining("PHYSIOWAVE_MQTT_PASSWORD")
        .hasMessageNotContaining("secret");
  }

  @Test
  void addressesOfOtherKindsAreRefused() {
    assertThatThrownBy(() -> MqttOptions.plain(URI.create("tcp://broker:1883"), "id"))
        .hasMessage(
            "the MQTT broker is 'tcp://broker:1883'; expected mqtt://host:port or"
                + " mqtts://host:port");
    assertThat(MqttOptions.plain(URI.create("mqtts://broker"), "id").port()).isEqualTo(8883);
    assertThat(MqttOptions.plain(URI.create("mqtt://broker"), "id").port()).isEqualTo(1883);
  }
}
