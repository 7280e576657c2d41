package io.physiowave.streaming.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTextTest {
  @ParameterizedTest
  @CsvSource({"5ms,5", "10 s,10000", "2min,120000", "1H,3600000", "1d,86400000"})
  void aDurationIsAWholeNumberAndAUnit(String text, long milliseconds) {
    assertThat(DurationText.parse(text)).isEqualTo(Duration.ofMillis(milliseconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "ms", "-1s", "1.5s", "5 weeks"})
  void nothingElseIsADuration(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }

  @ParameterizedTest
  @CsvSource({"auto,auto", "CPU,cpu", "cuda,cuda:0", "cuda:3,cuda:3", "TensorRT,tensorrt:0"})
  void aDeviceIsReadAndWritten(String text, String written) {
    assertThat(DeviceChoice.parse(text)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "cuda:", "cuda:-1", ""})
  void anUnknownDeviceIsRefusedWithTheRightForms(String text) {
    assertThatThrownBy(() -> DeviceChoice.parse(text))
        .hasMessage("device is '" + text + "'; expected auto, cpu, cuda:N or tensorrt:N");
  }

  @Test
  void theDistanceBetweenNamesCountsEdits() {
    assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(NearestName.distance("", "abc")).isEqualTo(3);
    assertThat(NearestName.distance("same", "same")).isZero();
  }
}
