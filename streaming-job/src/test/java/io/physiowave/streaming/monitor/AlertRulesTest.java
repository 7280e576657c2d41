package io.physiowave.streaming.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code deploy/prometheus}: every alert says what it needs to, is explained, and is tested. */
class AlertRulesTest {
  private static final List<JsonNode> ALERTS = MonitoringFiles.alerts();

  private static Set<String> names() {
    return ALERTS.stream()
        .map(alert -> alert.get("alert").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyAlertHasItsOwnName() {
    assertThat(ALERTS).hasSizeGreaterThan(10);
    assertThat(names()).hasSameSizeAs(ALERTS).allMatch(name -> name.startsWith("Physiowave"));
  }

  @Test
  void everyAlertSaysHowBadItIsAndWhatItMeans() {
    assertThat(ALERTS)
        .allSatisfy(
            alert -> {
              assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
              assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
              assertThat(alert.at("/annotations/description").asText()).isNotBlank();
              assertThat(alert.path("for").asText("1m")).matches("\\d+[smh]");
              assertThat(alert.get("expr").asText()).isNotBlank();
            });
  }

  @Test
  void everyAlertHasAnEntryInTheRunbookAndEveryEntryAnAlert() {
    String page = MonitoringFiles.text(MonitoringFiles.ROOT.resolve("docs/operations.md"));
    Set<String> entries =
        page.lines()
            .filter(line -> line.startsWith("#### "))
            .map(line -> line.substring(5))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(entries).isEqualTo(names());
    assertThat(ALERTS)
        .allSatisfy(
            alert ->
                assertThat(alert.at("/annotations/runbook").asText())
                    .isEqualTo(
                        "docs/operations.md#"
                            + alert.get("alert").asText().toLowerCase(Locale.ROOT)));
  }

  @Test
  void everyAlertIsTestedToFireAndToStayQuiet() {
    JsonNode tests =
        MonitoringFiles.yaml(MonitoringFiles.PROMETHEUS.resolve("alerts.test.yml")).get("tests");
    Set<String> fires = new TreeSet<>();
    Set<String> quiet = new TreeSet<>();
    tests.forEach(
        test ->
            test.get("alert_rule_test")
                .forEach(
                    expected ->
                        (expected.get("exp_alerts").isEmpty() ? quiet : fires)
                            .add(expected.get("alertname").asText())));

    assertThat(fires).isEqualTo(names());
    assertThat(quiet).isEqualTo(names());
  }

  @Test
  void prometheusReadsTheRulesAndFindsTheProcesses() {
    JsonNode prometheus =
        MonitoringFiles.yaml(MonitoringFiles.PROMETHEUS.resolve("prometheus.yml"));

    assertThat(prometheus.at("/rule_files/0").asText()).isEqualTo("alerts.yml");
    // The alerts on `up` and the port of Flink's processes depend on these.
    assertThat(prometheus.at("/scrape_configs/0/job_name").asText()).isEqualTo("flink");
    assertThat(prometheus.at("/scrape_configs/0/dns_sd_configs/0/port").asText())
        .isEqualTo(
            MonitoringFiles.yaml(MonitoringFiles.ROOT.resolve("deploy/flink/config.yaml"))
                .get("metrics.reporter.prometheus.port")
                .asText()
                .split("-")[0]);
  }
}
