package io.physiowave.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessStateTest {
  @Test
  void last_words_are_what_was_said_and_the_innermost_cause() {
    assertThat(
            lastWords("ERROR no start", "EntrypointException: a", "Caused by: b", "Caused by: c"))
        .isEqualTo("ERROR no start; EntrypointException: a; Caused by: c");
    assertThat(lastWords("bye")).isEqualTo("bye");
    assertThat(lastWords()).isEmpty();
  }

  private static String lastWords(String... lines) {
    return new ProcessState(
            "broker", ProcessState.Condition.CRASHED, 1, 1, 0, "exit code 1", List.of(lines))
        .lastWords();
  }
}
