package io.physiowave.quickstart.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class OptionTextTest {

  @Nested
  class Speeds {

    @ParameterizedTest
    @CsvSource({"20, 20", "20x, 20", "0.5, 0.5", "max, Infinity"})
    void areFactorsOrMax(String text, double speed) {
      assertThat(new SpeedConverter().convert(text)).isEqualTo(speed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "0", "-1", "NaN", "1e9"})
    void anythingElseIsRefused(String text) {
      assertThatThrownBy(() -> new SpeedConverter().convert(text))
          .isInstanceOf(TypeConversionException.class)
          .hasMessageContaining("'" + text + "' is not a speed");
    }
  }

  @Nested
  class Durations {

    @ParameterizedTest
    @CsvSource({
      "60s, 60000",
      "90, 90000",
      "2min, 120000",
      "2m, 120000",
      "500ms, 500",
      "1h, 3600000"
    })
    void areNumbersWithAUnit(String text, long millis) {
      assertThat(new DurationConverter().convert(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "0s", "-5s", "1.5h", "10d"})
    void anythingElseIsRefused(String text) {
      assertThatThrownBy(() -> new DurationConverter().convert(text))
          .isInstanceOf(TypeConversionException.class)
          .hasMessageContaining("'" + text + "' is not a duration");
    }
  }

  @Nested
  class FailuresOfTheJob {

    @Test
    void areToldByTheirInnermostCause() {
      String trace =
          """
          org.apache.flink.runtime.JobException: Recovery is suppressed
          \tat org.apache.flink.X.y(X.java:1)
          Caused by: java.lang.IllegalStateException: outer
          \tat a.B.c(B.java:2)
          Caused by: ai.djl.engine.EngineException: the model expects 2 rows
          \t... 3 more
          """;

      assertThat(JobFailure.rootCause(trace))
          .isEqualTo("EngineException: the model expects 2 rows");
    }

    @Test
    void areToldEvenWithoutACause() {
      assertThat(JobFailure.rootCause("java.lang.Error: alone\n\tat x")).isEqualTo("Error: alone");
      assertThat(JobFailure.rootCause("")).isEqualTo("it ended without saying why");
    }
  }
}
