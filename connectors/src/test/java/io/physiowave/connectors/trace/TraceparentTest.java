package io.physiowave.connectors.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {
  private static final String SAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void a_place_in_a_trace_survives_reading_and_writing() {
    assertThat(Traceparent.sampled(SAMPLED)).isEqualTo(SAMPLED);
    assertThat(Traceparent.of(Span.fromContext(Traceparent.context(SAMPLED)))).isEqualTo(SAMPLED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", // not sampled
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01", // no trace
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", // no span
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", // no such version
        "00-4bf92f3577b34da6a3ce929d0e0e473x-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-and-what-else"
      })
  void whatever_else_a_header_says_is_not_traced(String header) {
    assertThat(Traceparent.sampled(header)).isEqualTo(Traceparent.NONE);
  }

  @Test
  void a_span_that_is_not_recorded_has_no_place() {
    assertThat(Traceparent.of(Span.getInvalid())).isEqualTo(Traceparent.NONE);
  }
}
