package io.physiowave.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.physiowave.gateway.mqtt.MqttOptions;
import io.physiowave.gateway.run.Gateway;
import io.physiowave.gateway.run.GatewayOptions;
import io.physiowave.gateway.testing.DeviceSocket;
import io.physiowave.gateway.testing.ReadyGateway;
import io.physiowave.gateway.testing.Repository;
import io.physiowave.gateway.testing.TestFrames;
import io.physiowave.gateway.testing.TestKafka;
import io.physiowave.gateway.testing.Web;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Prometheus reads of a gateway. */
class MetricsTest {
  @RegisterExtension static final TestKafka KAFKA = new TestKafka();

  private static final Pattern OURS = Pattern.compile("physiowave_gateway_\\w+");

  @Test
  void framesAreCountedByTheirAnswers() throws Exception {
    try (Gateway gateway =
        ReadyGateway.start(GatewayOptions.local(0, KAFKA.broker().bootstrapServers()))) {
      DeviceSocket device = DeviceSocket.connect(gateway.server().port());
      device.send(TestFrames.protobuf("metrics", 0)).join();
      device.send(TestFrames.protobuf("metrics", 1)).join();
      device.send(TestFrames.json("metrics", 2).put("unit", "bar").toString()).join();
      device.send("no JSON").join();
      assertThat(device.answers(4)).hasSize(4);

      HttpResponse<String> answer =
          await()
              .atMost(Duration.ofMinutes(3))
              .until(
                  () -> Web.get(gateway.server().address() + "/metrics"),
                  metrics -> metrics.body().contains("physiowave_gateway_kafka_connected 1.0"));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/plain; version=0.0.4");
      assertThat(answer.body().lines())
          .contains(
              "physiowave_gateway_accepted_frames_total 2.0",
              "physiowave_gateway_undelivered_frames_total 0.0",
              "physiowave_gateway_refused_frames_total{code=\"invalid\"} 2.0",
              "physiowave_gateway_answer_seconds_bucket{le=\"+Inf\"} 4",
              "physiowave_gateway_answer_seconds_count 4",
              "physiowave_gateway_sockets 1.0",
              "physiowave_gateway_waiting_bytes 0.0",
              "physiowave_gateway_kafka_connected 1.0",
              "# TYPE physiowave_gateway_answer_seconds histogram",
              "# TYPE jvm_memory_used_bytes gauge")
          .noneMatch(line -> line.contains("mqtt_connected"))
          .noneMatch(line -> line.contains("metrics\""));
      device.abort();
    }
  }

  /** What dashboard, alerts and page ask of the gateway; the job's test has the rest. */
  @Test
  void everyMetricThatAnybodyAsksForExists() throws Exception {
    MqttOptions nowhere = MqttOptions.plain(URI.create("mqtt://localhost:1"), "metrics");
    try (Gateway gateway =
        ReadyGateway.start(
            GatewayOptions.local(0, KAFKA.broker().bootstrapServers()).withMqtt(nowhere))) {
      String address = gateway.server().address();
      assertThat(Web.postJson(address, "no JSON").statusCode()).isEqualTo(400);

      String seen = Web.get(address + "/metrics").body();

      for (String file :
          List.of(
              "deploy/prometheus/alerts.yml",
              "deploy/grafana/dashboards/physiowave.json",
              "docs/operations.md")) {
        assertThat(OURS.matcher(Files.readString(Repository.root().resolve(file))).results())
            .hasSizeGreaterThan(5)
            .map(MatchResult::group)
            .allSatisfy(name -> assertThat(seen).as(file).contains("\n" + name));
      }
    }
  }

  @Test
  void openMetricsIsSpokenToo() throws Exception {
    try (Gateway gateway =
        ReadyGateway.start(GatewayOptions.local(0, KAFKA.broker().bootstrapServers()))) {
      HttpResponse<String> answer =
          Web.get(
              gateway.server().address() + "/metrics",
              "Accept",
              "application/openmetrics-text; version=1.0.0");

      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("application/openmetrics-text");
      assertThat(answer.body())
          .contains("physiowave_gateway_accepted_frames_total 0.0")
          .endsWith("# EOF\n");
    }
  }
}
