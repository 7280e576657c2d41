package io.physiowave.streaming.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import io.physiowave.streaming.options.DeviceChoice;
import io.physiowave.streaming.options.GraphOptimisation;
import io.physiowave.streaming.options.InferenceOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As far as it goes without a device; the build's ONNX Runtime has none to offer. */
class ExecutionDeviceTest {

  @BeforeAll
  static void startTheRuntime() {
    // As a model's loading does: the providers need its logger.
    Engine.getEngine("OnnxRuntime");
  }

  private static InferenceOptions on(String device) {
    return new InferenceOptions(
        4, Duration.ofMillis(5), DeviceChoice.parse(device), 1, GraphOptimisation.ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "cpu"})
  void fallsBackToTheProcessorUnlessADeviceIsDemanded(String device) throws Exception {
    ExecutionDevice.Session session = ExecutionDevice.open(on(device));
    session.options().close();

    assertThat(session.device()).isEqualTo(DeviceChoice.CPU);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuda:1", "tensorrt:0"})
  void refusesADemandedDeviceThatDoesNotWorkAndSaysWhatToDo(String device) {
    assertThatThrownBy(() -> ExecutionDevice.open(on(device)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("inference.device is " + device)
        .hasMessageContaining("set inference.device to cpu");
  }

  @Nested
  class TheDeviceThatFlinkAssigned {
    private record Device(Map<String, String> properties) implements ExternalResourceInfo {
      @Override
      public Optional<String> getProperty(String key) {
        return Optional.ofNullable(properties.get(key));
      }

      @Override
      public Collection<String> getKeys() {
        return properties.keySet();
      }
    }

    @Test
    void isKnownByItsIndex() {
      assertThat(
              AssignedDevice.lowest(
                  List.of(new Device(Map.of("index", "3")), new Device(Map.of("index", "2")))))
          .hasValue(2);
    }

    @Test
    void mayBeAbsent() {
      assertThat(AssignedDevice.lowest(List.of())).isEmpty();
      assertThat(AssignedDevice.lowest(List.of(new Device(Map.of("uuid", "GPU-1"))))).isEmpty();
    }
  }
}
