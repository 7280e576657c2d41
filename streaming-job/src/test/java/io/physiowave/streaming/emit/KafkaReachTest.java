package io.physiowave.streaming.emit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.connectors.kafka.KafkaUnavailableException;
import io.physiowave.streaming.options.JobOptions;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KafkaReachTest {
  @Test
  void whereNoBrokerIsTheJobDoesNotStart() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    JobOptions options =
        JobOptions.read(
            Optional.empty(), Map.of(), Map.of("--bootstrap-servers", "localhost:" + port));

    assertThatThrownBy(
            () -> KafkaReach.check(options.kafka(), Duration.ofSeconds(1), Duration.ofSeconds(1)))
        .isInstanceOf(KafkaUnavailableException.class)
        .hasMessageStartingWith(
            "no Kafka broker answers at localhost:" + port + " within 1 s; check");
  }
}
