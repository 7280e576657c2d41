package io.physiowave.training.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.Task;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InferenceBenchmarkTest {
  private static final BenchSize SMALL =
      new BenchSize(
          "small",
          ModelConfig.builder()
              .inChannels(2)
              .maxLevel(2)
              .patchSize(16)
              .embedDim(16)
              .depth(1)
              .numHeads(2)
              .numClasses(3)
              .task(Task.CLASSIFICATION)
              .build(),
          64);

  @Test
  void everyEngineIsHeldAgainstLibtorchByTheClockAndByProcessorTime() throws IOException {
    List<InferenceEngine> engines = List.of(InferenceEngine.TORCH, InferenceEngine.FUSED);
    Map<String, Object> report = new InferenceBenchmark(engines, List.of(2), 1, 1).run(SMALL);
    assertThat(report).containsOnlyKeys("batch2");
    Map<?, ?> batch = (Map<?, ?>) report.get("batch2");
    assertThat(batch.keySet()).hasToString("[torch, fused, fusedOverTorch, fusedOverTorchCpu]");
    assertThat(List.of(batch.get("fusedOverTorch"), batch.get("fusedOverTorchCpu")))
        .allSatisfy(ratio -> assertThat((double) ratio).isPositive().isFinite());
    assertThat(((Map<?, ?>) batch.get("fused")).keySet())
        .hasToString(
            "[windowsPerSecond, millisecondsPerWindow, millisecondsPerCall,"
                + " cpuMillisecondsPerWindow]");
  }

  @Test
  void aBatchBeyondTheMemoryIsLeftOut() throws IOException {
    Map<String, Object> report =
        new InferenceBenchmark(List.of(InferenceEngine.FUSED), List.of(1 << 28), 1, 1).run(SMALL);
    assertThat(report.get("batch" + (1 << 28))).asString().startsWith("{skipped=needs about");
  }

  @Test
  void enginesThatTakeTurnsNeedTheirMemoryTogether() throws IOException {
    List<InferenceEngine> both = List.of(InferenceEngine.TORCH, InferenceEngine.PLAIN);
    long first = megabytes(both.subList(0, 1));
    long second = megabytes(both.subList(1, 2));
    assertThat(second).isGreaterThan(2 * first);
    assertThat(megabytes(both)).isCloseTo(first + second, within(1L));
  }

  /** What a batch that is left out would need. */
  private static long megabytes(List<InferenceEngine> engines) throws IOException {
    Map<String, Object> report = new InferenceBenchmark(engines, List.of(1 << 28), 1, 1).run(SMALL);
    String skipped = report.get("batch" + (1 << 28)).toString();
    return Long.parseLong(skipped.replaceAll(".*needs about (\\d+) MB.*", "$1"));
  }
}
