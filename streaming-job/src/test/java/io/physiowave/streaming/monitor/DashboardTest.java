package io.physiowave.streaming.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** {@code deploy/grafana}: what Grafana refuses or shows empty without a word. */
class DashboardTest {
  private static final JsonNode DASHBOARD = MonitoringFiles.dashboard();
  private static final List<JsonNode> PANELS =
      StreamSupport.stream(DASHBOARD.get("panels").spliterator(), false).toList();
  private static final List<JsonNode> SHOWN =
      PANELS.stream().filter(panel -> !panel.get("type").asText().equals("row")).toList();

  @Test
  void panelsHaveTheirOwnIdsAndTitles() {
    assertThat(PANELS).hasSizeGreaterThan(20);
    assertThat(PANELS.stream().map(panel -> panel.get("id").asInt())).doesNotHaveDuplicates();
    assertThat(SHOWN.stream().map(panel -> panel.get("title").asText()))
        .doesNotHaveDuplicates()
        .noneMatch(String::isBlank);
    assertThat(PANELS).allMatch(panel -> panel.get("id").asInt() > 0);
  }

  @Test
  void everyPanelAsksTheChosenPrometheus() {
    assertThat(DASHBOARD.findValues("datasource"))
        .isNotEmpty()
        .allSatisfy(
            source -> {
              assertThat(source.get("type").asText()).isEqualTo("prometheus");
              assertThat(source.get("uid").asText()).isEqualTo("${datasource}");
            });
    JsonNode variable = DASHBOARD.at("/templating/list/0");
    assertThat(variable.get("name").asText()).isEqualTo("datasource");
    assertThat(variable.get("query").asText())
        .isEqualTo(provisioned("datasources/prometheus.yml").at("/datasources/0/type").asText());
  }

  @Test
  void everyPanelAsksSomethingAndExplainsIt() {
    for (JsonNode panel : SHOWN) {
      assertThat(panel.get("description").asText()).as(panel.get("title").asText()).isNotBlank();
      Set<String> letters = new HashSet<>();
      for (JsonNode target : panel.get("targets")) {
        assertThat(target.get("expr").asText()).isNotBlank();
        assertThat(letters.add(target.get("refId").asText())).isTrue();
      }
      assertThat(letters).as(panel.get("title").asText()).isNotEmpty();
    }
  }

  @Test
  void panelsLieBesideEachOther() {
    Set<String> cells = new HashSet<>();
    for (JsonNode panel : PANELS) {
      JsonNode place = panel.get("gridPos");
      assertThat(place.get("x").asInt() + place.get("w").asInt()).isLessThanOrEqualTo(24);
      for (int x = 0; x < place.get("w").asInt(); x++) {
        for (int y = 0; y < place.get("h").asInt(); y++) {
          assertThat(cells.add((x + place.get("x").asInt()) + "," + (y + place.get("y").asInt())))
              .as(panel.get("title").asText())
              .isTrue();
        }
      }
    }
  }

  @Test
  void everyVariableOfAnExpressionExists() {
    assertThat(MonitoringFiles.expressions())
        .allSatisfy(
            expression ->
                assertThat(expression.replace("\"$job\"", "").replace("[$__rate_interval]", ""))
                    .doesNotContain("$"));
    assertThat(DASHBOARD.at("/templating/list/1/name").asText()).isEqualTo("job");
  }

  @Test
  void grafanaIsToldWhereTheDashboardLies() {
    JsonNode provider = provisioned("dashboards/physiowave.yml").at("/providers/0");

    assertThat(provider.get("type").asText()).isEqualTo("file");
    assertThat(provider.at("/options/path").asText()).startsWith("/");
  }

  private static JsonNode provisioned(String file) {
    return MonitoringFiles.yaml(MonitoringFiles.GRAFANA.resolve("provisioning").resolve(file));
  }
}
