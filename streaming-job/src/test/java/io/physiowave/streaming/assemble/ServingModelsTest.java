package io.physiowave.streaming.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.streaming.model.ModelAssignment;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingModelsTest {
  @TempDir private Path directory;

  private ServedModel version(int number) throws Exception {
    Path folder = Files.createTempDirectory(directory, "version");
    Decision decision = new Decision(List.of(), number / 10.0, 1);
    return ModelFile.read(TestModels.write(folder, TestModels.emg(decision)).toString()).served();
  }

  @Test
  void letsGoWhatNobodyWantsAnyMoreAlsoWhereNoFrameComes() throws Exception {
    try (ServingModels serving =
        new ServingModels(
            TestModels.catalogue(directory, TestModels.emg(Decision.ARG_MAX)),
            AssemblerHarness.INFERENCE)) {
      for (int number = 1; number <= 5; number++) {
        serving.change(ModelAssignment.serving(version(number)));
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(serving::hasNoPending);
        assertThat(serving.held()).isLessThanOrEqualTo(2);
      }
      assertThat(serving.plans()).isNotNull();
      assertThat(serving.held()).isEqualTo(1);
    }
  }
}
