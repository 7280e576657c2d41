package io.physiowave.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpectationTest {
  /** Two windows, each of which either version of a model may label. */
  private final Expectation expectation =
      new Expectation(
          Set.of("w1", "w2"),
          Map.of("w1-old", "w1", "w1-new", "w1", "w2-old", "w2", "w2-new", "w2"));

  @Test
  void all_is_well_when_each_window_has_one_label_of_whichever_version() {
    assertThat(expectation.compare(List.of("w1-old", "w2-new")))
        .isEqualTo(new Expectation.Outcome(2, 0, 0, 0));
  }

  @Test
  void a_window_without_a_label_is_missing() {
    assertThat(expectation.compare(List.of("w2-old")))
        .isEqualTo(new Expectation.Outcome(1, 1, 0, 0));
  }

  @Test
  void a_window_that_both_versions_label_is_doubled() {
    assertThat(expectation.compare(List.of("w1-old", "w1-new", "w2-old", "w2-old")))
        .isEqualTo(new Expectation.Outcome(4, 0, 2, 0));
  }

  @Test
  void a_label_of_nothing_that_was_sent_is_unexpected() {
    assertThat(expectation.compare(List.of("w1-old", "w2-old", "w3-old")))
        .isEqualTo(new Expectation.Outcome(3, 0, 0, 1));
  }
}
