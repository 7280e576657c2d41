package io.physiowave.cluster.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.physiowave.cluster.ClusterPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ClusterShapeTest {

  private static ClusterShape shape(String... arguments) {
    return CommandLine.populateCommand(new ClusterShape(), arguments);
  }

  private static ClusterPlan running() {
    return new ClusterPlan(
        2,
        2,
        384,
        0,
        List.of(Path.of("mine.onnx").toAbsolutePath().toString()),
        new ClusterPlan.Ports(
            20_001, 20_002, 20_003, 20_004, 20_005, 0, 20_006, List.of(20_007, 20_008, 20_009)));
  }

  @Test
  void any_metrics_port_is_a_free_one_for_each_process() {
    ClusterPlan plan = shape("--metrics-port", "0", "--taskmanagers", "3").plan(Optional.empty());

    assertThat(plan.ports().metrics())
        .hasSize(4)
        .doesNotHaveDuplicates()
        .allMatch(port -> port >= 20_000 && port < 30_000);
  }

  @ParameterizedTest
  @CsvSource({
    "--port, 29981, the live page (--port)",
    "--gateway-port, 29981, the gateway (--gateway-port)",
    "--metrics-port, 29980, the metrics of taskmanager-1 (--metrics-port)"
  })
  void one_port_is_not_for_two(String flag, String port, String user) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> shape("--flink-port", "29981", flag, port).plan(Optional.empty()))
        .withMessage(
            "port 29981 is to be that of Flink's web interface (--flink-port) and of " + user);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--kafka-port", "--flink-port", "--port", "--metrics-port"})
  void any_port_is_the_one_that_runs(String flag) {
    assertThat(shape(flag, "0").agreesWith(running())).isTrue();
    assertThat(shape(flag, "20099").agreesWith(running())).isFalse();
  }

  @Test
  void other_models_are_another_cluster() {
    assertThat(shape("--model", "mine.onnx").agreesWith(running())).isTrue();
    assertThat(shape("--model", "other.onnx").agreesWith(running())).isFalse();
    assertThat(shape().agreesWith(running())).isTrue();
  }
}
