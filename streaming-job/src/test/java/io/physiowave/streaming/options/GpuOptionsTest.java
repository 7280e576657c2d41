package io.physiowave.streaming.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GpuOptionsTest {

  private static JobOptions read(String flag, String value) {
    return JobOptions.read(Optional.empty(), Map.of(), Map.of(flag, value));
  }

  @Test
  void areThoseOfTheSettingsUnlessGiven() {
    assertThat(JobOptions.read(Optional.empty(), Map.of(), Map.of()).inference().gpu())
        .isEqualTo(GpuOptions.DEFAULT);
    assertThat(read("--cuda-options", "gpu_mem_limit=1000000").inference().gpu().cuda())
        .containsEntry("gpu_mem_limit", "1000000")
        .containsAllEntriesOf(GpuOptions.DEFAULT.cuda());
    assertThat(read("--cuda-options", "cudnn_conv_algo_search=DEFAULT").inference().gpu().cuda())
        .containsEntry("cudnn_conv_algo_search", "DEFAULT");
    assertThat(read("--tensorrt-options", "trt_fp16_enable=1").inference().gpu().tensorRt())
        .isEqualTo(Map.of("trt_fp16_enable", "1"));
  }

  @Test
  void thatOnnxRuntimeDoesNotKnowAreRefusedBeforeAnythingStarts() {
    assertThatThrownBy(() -> read("--cuda-options", "device_id=1"))
        .isInstanceOfSatisfying(
            InvalidOptionsException.class,
            refused ->
                assertThat(refused.problems())
                    .singleElement()
                    .asString()
                    .startsWith("inference.cuda-options has 'device_id'; expected one of"));
    assertThatThrownBy(() -> read("--tensorrt-options", "fp16=1"))
        .isInstanceOf(InvalidOptionsException.class);
  }

  @Test
  void goWithADeviceOfTensorRt() {
    assertThat(read("--device", "tensorrt:2").inference().device())
        .hasToString("tensorrt:2")
        .isEqualTo(new DeviceChoice(DeviceChoice.Kind.TENSORRT, 2));
  }
}
