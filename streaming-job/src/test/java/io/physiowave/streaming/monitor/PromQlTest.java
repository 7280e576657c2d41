package io.physiowave.streaming.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromQlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "up == 0 ; up ; ''",
        "sum by (job_name) (rate(a_b{reason=~\"x|by\", le=\"5\"}[5m])) > 0.3 ; a_b ; job_name reason le",
        "time() - a / 1000 > 120 and b > 0 or absent(c) ; a b c ; ''",
        "sum(x) unless on (j) sum (y{j=\"1\"}) ; x y ; j",
        "a / ignoring (cause) group_left sum (b) ; a b ; cause",
        "histogram_quantile(0.99, sum by (le) (rate(a[$__rate_interval]))) ; a ; le"
      })
  void namesAreFound(String expression, String metrics, String labels) {
    assertThat(PromQl.metrics(expression)).containsExactlyInAnyOrder(metrics.split(" "));
    assertThat(String.join(" ", PromQl.labels(expression)).split(" "))
        .containsExactlyInAnyOrder(labels.split(" "));
  }
}
