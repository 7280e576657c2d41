package io.physiowave.streaming.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.core.card.Decision;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.options.DeviceChoice;
import io.physiowave.streaming.options.GraphOptimisation;
import io.physiowave.streaming.options.InferenceOptions;
import io.physiowave.streaming.testing.TestModels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a query learns of a model that fails, and what it must not. */
class FailingModelsTest {
  private static final InferenceOptions OPTIONS =
      new InferenceOptions(4, Duration.ZERO, DeviceChoice.CPU, 1, GraphOptimisation.ALL);
  private static final String REASON = "the model fails on an input of shape (1, 2, 40)";

  @TempDir Path folder;
  private QueryModel fragile;

  @BeforeEach
  void writeModel() throws Exception {
    Path file = TestModels.writeFragile(folder, TestModels.emg(Decision.ARG_MAX));
    fragile =
        new QueryModel(
            ModelFile.read(file.toString()).served(), OPTIONS, List.of(PredictionColumn.LABEL));
  }

  private static GenericArrayData window(float level) {
    float[] row = new float[TestModels.EMG_WINDOW];
    Arrays.fill(row, level);
    return new GenericArrayData(
        new Object[] {new GenericArrayData(row), new GenericArrayData(row)});
  }

  private static void assertToldWithoutSamples(Throwable failure) {
    assertThat(ExceptionUtils.stringifyException(failure))
        .contains("test-emg 1", REASON)
        .doesNotContain("2.468");
  }

  @Test
  void inBatchesFailsTheWindowsOfThatBatchAlone() throws Exception {
    PredictInBatches function = new PredictInBatches(fragile);
    function.open(null);
    try {
      CompletableFuture<Collection<RowData>> failing = new CompletableFuture<>();
      function.eval(failing, window(2.468f));
      assertThat(failing)
          .failsWithin(3, TimeUnit.MINUTES)
          .withThrowableThat()
          .satisfies(FailingModelsTest::assertToldWithoutSamples);

      CompletableFuture<Collection<RowData>> next = new CompletableFuture<>();
      function.eval(next, window(1));
      assertThat(next.get(3, TimeUnit.MINUTES))
          .extracting(row -> row.getString(0).toString())
          .containsExactly("FIST");
    } finally {
      function.close();
    }
  }

  @Test
  void oneByOneFailsTheCall() throws Exception {
    PredictEachWindow function = new PredictEachWindow(fragile);
    function.open(null);
    try {
      assertThatThrownBy(() -> function.eval(window(2.468f)))
          .satisfies(FailingModelsTest::assertToldWithoutSamples);
    } finally {
      function.close();
    }
  }

  @Test
  void aFileThatChangedSinceTheQueryWasPlannedIsRefused() throws Exception {
    TestModels.write(folder, fragile.card());

    assertThatThrownBy(() -> new PredictInBatches(fragile).open(null))
        .hasMessageContaining("it was changed since the job was told of it");
  }
}
