package io.physiowave.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchAssemblerTest {
  private static final AugmentationOptions VARIED =
      new AugmentationOptions(3, 0.1, 0.2, 0.1, 0.1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.4);

  @TempDir Path folder;

  private BatchAssembler assembler(WindowSet windows) throws IOException {
    WindowLayout layout = new WindowLayout(2, 0, 24, 4);
    return new BatchAssembler(windows, windows.labels(3), 3, layout, VARIED, 9);
  }

  @Test
  void aBatchFollowsFromSeedEpochAndNumberAlone() throws IOException {
    Path file = ToyWindows.write(folder.resolve("train.h5"), 20, 1);
    try (WindowSet windows = WindowSet.open(List.of(file))) {
      int[] order = EpochOrder.shuffled(20, 1).windows(2);
      BatchAssembler whole = assembler(windows);
      for (int number = 0; number < 3; number++) {
        whole.batch(order, 2, number, 8);
      }
      WindowBatch after = whole.batch(order, 2, 1, 8);
      WindowBatch alone = assembler(windows).batch(order, 2, 1, 8);
      assertThat(after.windows()).isEqualTo(alone.windows());
      assertThat(after.targets()).isEqualTo(alone.targets());
      assertThat(after.windows()).isNotEqualTo(whole.batch(order, 3, 1, 8).windows());
    }
  }

  @Test
  void theLastBatchMayBeSmallerAndTargetsSumToOne() throws IOException {
    Path file = ToyWindows.write(folder.resolve("train.h5"), 20, 1);
    try (WindowSet windows = WindowSet.open(List.of(file))) {
      WindowBatch last = assembler(windows).batch(EpochOrder.sequential(20).windows(0), 0, 2, 8);
      assertThat(last.size()).isEqualTo(4);
      for (int i = 0; i < 4; i++) {
        float sum = last.targets()[3 * i] + last.targets()[3 * i + 1] + last.targets()[3 * i + 2];
        assertThat(sum).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-6f));
      }
    }
  }

  @Test
  void windowsOfAnotherShapeAreRefused() throws IOException {
    Path file = ToyWindows.write(folder.resolve("train.h5"), 3, 1);
    try (WindowSet windows = WindowSet.open(List.of(file))) {
      WindowLayout layout = new WindowLayout(8, 0, 32, 0);
      assertThatThrownBy(
              () ->
                  new BatchAssembler(
                      windows, windows.labels(3), 3, layout, AugmentationOptions.NONE, 0))
          .hasMessageContaining("windows are 2 x 32; expected 8 rows (8 channels) x 32 samples");
    }
  }

  @Nested
  class Prefetching {
    @Test
    void keepsTheOrderWithSeveralWorkers() throws IOException {
      try (BatchPrefetcher<Integer> batches = new BatchPrefetcher<>(3, 40, 3, number -> number)) {
        for (int expected = 3; expected < 40; expected++) {
          assertThat(batches.hasNext()).isTrue();
          assertThat(batches.next()).isEqualTo(expected);
        }
        assertThat(batches.hasNext()).isFalse();
      }
    }

    @Test
    void handsAFailureToWhoeverAsksForTheBatch() throws IOException {
      BatchPrefetcher.Source<Integer> failing =
          number -> {
            if (number == 2) {
              throw new IOException("batch 2 is unreadable");
            }
            return number;
          };
      try (BatchPrefetcher<Integer> batches = new BatchPrefetcher<>(0, 5, 1, failing)) {
        batches.next();
        batches.next();
        assertThatThrownBy(batches::next)
            .isInstanceOf(IOException.class)
            .hasMessage("batch 2 is unreadable");
      }
    }

    @Test
    void mayBeLeftEarly() throws IOException {
      try (BatchPrefetcher<Integer> batches = new BatchPrefetcher<>(0, 1000, 2, n -> n)) {
        assertThat(batches.next()).isZero();
      }
    }
  }
}
