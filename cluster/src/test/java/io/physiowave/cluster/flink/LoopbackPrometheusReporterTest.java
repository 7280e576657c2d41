package io.physiowave.cluster.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.runtime.metrics.NoOpMetricRegistry;
import org.apache.flink.runtime.metrics.groups.FrontMetricGroup;
import org.apache.flink.runtime.metrics.groups.JobManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.ReporterScopedSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopbackPrometheusReporterTest {
  private final LoopbackPrometheusReporter reporter = new LoopbackPrometheusReporter(0);

  @AfterEach
  void close() {
    reporter.close();
  }

  @Test
  void shows_what_flink_adds() throws Exception {
    SimpleCounter counter = new SimpleCounter();
    counter.inc(42);
    reporter.open(new MetricConfig());
    reporter.notifyOfAddedMetric(
        counter,
        "beats",
        new FrontMetricGroup<>(
            new ReporterScopedSettings<Metric>(
                0, '_', (metric, name, scope) -> true, Set.of(), Map.of()),
            JobManagerMetricGroup.createJobManagerMetricGroup(
                NoOpMetricRegistry.INSTANCE, "here")));

    String shown =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://localhost:" + reporter.port() + "/metrics"))
                    .build(),
                BodyHandlers.ofString())
            .body();

    assertThat(shown).contains("flink_jobmanager_beats{host=\"here\",} 42.0");
  }

  @Test
  void listens_on_no_other_address_of_the_machine() throws IOException {
    for (NetworkInterface device : NetworkInterface.networkInterfaces().toList()) {
      if (device.isUp() && !device.isLoopback()) {
        device
            .inetAddresses()
            .forEach(
                address ->
                    assertThatThrownBy(() -> new Socket(address, reporter.port()).close())
                        .isInstanceOf(ConnectException.class));
      }
    }
  }

  @Test
  void a_port_in_use_is_named() {
    Properties properties = new Properties();
    properties.setProperty("port", Integer.toString(reporter.port()));

    assertThatThrownBy(
            () -> new LoopbackPrometheusReporterFactory().createMetricReporter(properties))
        .hasMessage("cannot show metrics on loopback port " + reporter.port());
  }

  @Test
  void flink_finds_it() {
    assertThat(ServiceLoader.load(MetricReporterFactory.class))
        .hasAtLeastOneElementOfType(LoopbackPrometheusReporterFactory.class);
  }
}
