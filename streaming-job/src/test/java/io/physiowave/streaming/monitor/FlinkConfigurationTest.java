package io.physiowave.streaming.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.physiowave.streaming.command.JobEnvironment;
import io.physiowave.streaming.options.JobOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/**
 * {@code deploy/flink/config.yaml} shows on a cluster what {@code --prometheus-port} shows here.
 */
class FlinkConfigurationTest {
  @Test
  void theReporterIsThatOfALocalJob() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    JsonNode cluster =
        MonitoringFiles.yaml(MonitoringFiles.ROOT.resolve("deploy/flink/config.yaml"));
    StreamExecutionEnvironment env =
        JobEnvironment.of(
            JobOptions.read(
                Optional.empty(),
                Map.of(),
                Map.of("--local", "true", "--prometheus-port", Integer.toString(port))));
    Map<String, String> local = ((Configuration) env.getConfiguration()).toMap();

    for (String key : new String[] {"factory.class", "filterLabelValueCharacters"}) {
      String full = "metrics.reporter.prometheus." + key;
      assertThat(cluster.get(full).asText()).isEqualTo(local.get(full));
    }
    assertThat(cluster.get("metrics.reporter.prometheus.port").asText()).startsWith("9249-");
  }
}
