package io.physiowave.streaming.monitor;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the repository has for Prometheus and Grafana. */
final class MonitoringFiles {
  static final Path ROOT = root();
  static final Path PROMETHEUS = ROOT.resolve("deploy/prometheus");
  static final Path GRAFANA = ROOT.resolve("deploy/grafana");

  private MonitoringFiles() {}

  private static Path root() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve(".mvn"))) {
      root = root.getParent();
    }
    return root;
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(Path file) {
    try {
      return new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode yaml(Path file) {
    try {
      return new YAMLMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode dashboard() {
    return json(GRAFANA.resolve("dashboards/physiowave.json"));
  }

  /** All alerts of all groups. */
  static List<JsonNode> alerts() {
    List<JsonNode> alerts = new ArrayList<>();
    yaml(PROMETHEUS.resolve("alerts.yml"))
        .get("groups")
        .forEach(group -> group.get("rules").forEach(alerts::add));
    return alerts;
  }

  /** Those of the expressions that ask for nothing of the gateway, which has its own test. */
  static List<String> expressionsOfTheJob() {
    return expressions().stream().filter(one -> !one.contains("physiowave_gateway_")).toList();
  }

  /** Every PromQL expression of the dashboard and the rules. */
  static List<String> expressions() {
    return Stream.concat(
            dashboard().findValues("expr").stream(),
            alerts().stream().map(alert -> alert.get("expr")))
        .map(JsonNode::asText)
        .toList();
  }
}
