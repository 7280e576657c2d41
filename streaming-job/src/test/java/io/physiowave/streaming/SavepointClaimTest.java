package io.physiowave.streaming;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.options.JobOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class SavepointClaimTest {
  private static final Map<String, String> LOGGED = Map.of("state.changelog.enabled", "true");
  private static final Map<String, String> FROM =
      Map.of("execution.state-recovery.path", "file:///savepoints/savepoint-1");
  private static final Map<String, String> CLAIMED =
      Map.of("execution.state-recovery.claim-mode", "CLAIM");

  private static void build(List<Map<String, String>> settings) {
    Configuration cluster = new Configuration();
    settings.forEach(some -> some.forEach(cluster::setString));
    StreamingJob.build(
        StreamExecutionEnvironment.getExecutionEnvironment(cluster),
        JobOptions.read(Optional.empty(), Map.of(), Map.of()),
        ModelCatalogue.read(List.of()));
  }

  @Test
  void aSavepointThatStaysItsOwnersIsRefusedWhileChangesAreLogged() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> build(List.of(LOGGED, FROM)))
        .withMessageContaining("file:///savepoints/savepoint-1")
        .withMessageContaining("execution.state-recovery.claim-mode NO_CLAIM")
        .withMessageContaining("submit it with CLAIM");
  }

  @Test
  void everyOtherStartIsTaken() {
    assertThatCode(() -> build(List.of(LOGGED, FROM, CLAIMED))).doesNotThrowAnyException();
    assertThatCode(() -> build(List.of(LOGGED))).doesNotThrowAnyException();
    assertThatCode(() -> build(List.of(FROM))).doesNotThrowAnyException();
  }
}
