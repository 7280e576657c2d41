package io.physiowave.streaming.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Prometheus' own checks of {@code deploy/prometheus}, where promtool is on the path. */
class PromtoolTest {
  @BeforeAll
  static void requirePromtool() {
    boolean isThere =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .anyMatch(folder -> new File(folder, "promtool").canExecute());
    assumeTrue(isThere, "promtool is not on the path (Debian: apt install prometheus)");
  }

  @Test
  void theConfigurationIsValid() throws Exception {
    promtool("check", "config", "prometheus.yml");
  }

  @Test
  void theRulesPassTheirTests() throws Exception {
    promtool("test", "rules", "alerts.test.yml", "alerts.limits.test.yml");
  }

  private static void promtool(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("promtool"));
    line.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(line)
            .directory(MonitoringFiles.PROMETHEUS.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
