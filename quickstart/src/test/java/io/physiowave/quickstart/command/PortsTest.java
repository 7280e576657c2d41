package io.physiowave.quickstart.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void anyPortsAreThreeDifferentOnes() {
    Ports claimed = new Ports(0, 0, 0).claimed();

    assertThat(new int[] {claimed.page(), claimed.flink(), claimed.kafka()})
        .doesNotHaveDuplicates()
        .doesNotContain(0);
  }

  @Test
  void onePortIsNotForTwo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ports(29_982, 0, 29_982).claimed())
        .withMessage(
            "port 29982 is to be that of the live page (--port) and of the Kafka broker"
                + " (--kafka-port)");
  }
}
