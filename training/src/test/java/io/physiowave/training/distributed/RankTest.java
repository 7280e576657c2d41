package io.physiowave.training.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RankTest {
  @Test
  void withoutVariablesAProcessIsAlone() {
    assertThat(Rank.of(Map.of("PATH", "/bin"))).isEqualTo(Rank.ALONE);
  }

  @Test
  void itIsReadFromTheUsualVariables() {
    Rank rank = new Rank(3, 8, 1, "10.0.0.4", 29500);
    assertThat(Rank.of(rank.environment())).isEqualTo(rank);
  }

  @Test
  void whatIsMissingOrWrongIsNamed() {
    assertThatThrownBy(() -> Rank.of(Map.of("RANK", "1", "WORLD_SIZE", "2")))
        .hasMessageContaining("RANK is set and MASTER_ADDR is not");
    assertThatThrownBy(
            () ->
                Rank.of(
                    Map.of("RANK", "2", "WORLD_SIZE", "2", "MASTER_ADDR", "a", "MASTER_PORT", "1")))
        .hasMessage("RANK is 2; expected 0 to 1");
    assertThatThrownBy(() -> Rank.of(Map.of("RANK", "one", "WORLD_SIZE", "2")))
        .hasMessage("RANK is 'one'; expected a whole number");
  }
}
