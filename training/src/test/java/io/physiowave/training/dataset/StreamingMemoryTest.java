package io.physiowave.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files several times as large as the heap of the process that reads them. */
@Timeout(1800)
class StreamingMemoryTest {
  private static final int WINDOWS = 4000;
  private static final int ROWS = 4;
  private static final int SAMPLES = 1024;
  private static final String HEAP = "-Xmx24m";

  @TempDir Path folder;

  /** Reads every window in the order of an epoch of pretraining, and prints the sum of samples. */
  static final class Reading {
    private Reading() {}

    public static void main(String[] paths) throws IOException {
      try (WindowSet windows = WindowSet.open(Stream.of(paths).map(Path::of).toList())) {
        int[] order = EpochOrder.buffered(windows.size(), 16, 64, 1).windows(0);
        double sum = 0;
        try (BatchPrefetcher<float[]> batches =
            new BatchPrefetcher<>(
                0, order.length / 8, 1, number -> batch(windows, order, number))) {
          while (batches.hasNext()) {
            for (float value : batches.next()) {
              sum += value;
            }
          }
        }
        System.out.println(sum);
      }
    }

    private static float[] batch(WindowSet windows, int[] order, int number) throws IOException {
      float[] values = new float[8 * ROWS * SAMPLES];
      float[] window = new float[ROWS * SAMPLES];
      for (int i = 0; i < 8; i++) {
        windows.read(order[number * 8 + i], window);
        System.arraycopy(window, 0, values, i * window.length, window.length);
      }
      return values;
    }
  }

  private static String sumReadBy(Path... files) throws IOException, InterruptedException {
    Stream<String> command =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            HEAP,
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Reading.class.getName());
    List<String> arguments = Stream.concat(command, Stream.of(files).map(Path::toString)).toList();
    Process process = new ProcessBuilder(arguments).redirectErrorStream(true).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }

  /** Sample t of window n is {@code (n + t) % 7}. */
  private static void fill(float[] window, int number) {
    for (int i = 0; i < window.length; i++) {
      window[i] = (number + i % SAMPLES) % 7;
    }
  }

  private static double expected() {
    double sum = 0;
    float[] window = new float[ROWS * SAMPLES];
    for (int number = 0; number < WINDOWS; number++) {
      fill(window, number);
      for (float value : window) {
        sum += value;
      }
    }
    return sum;
  }

  @Test
  void contiguousSamplesAreReadInPlace() throws Exception {
    Path file = folder.resolve("contiguous.h5");
    float[] window = new float[ROWS * SAMPLES];
    try (WindowFileWriter writer = WindowFileWriter.create(file, ROWS, SAMPLES)) {
      for (int number = 0; number < WINDOWS; number++) {
        fill(window, number);
        writer.append(window, 0, 0);
      }
      writer.finish();
    }
    assertThat(Files.size(file)).isGreaterThan(60 << 20);
    assertThat(sumReadBy(file)).isEqualTo(String.valueOf(expected()));
  }

  @Test
  void compressedChunksOfSeveralFilesAreDecodedInTurn() throws Exception {
    Path[] files = {folder.resolve("first.h5"), folder.resolve("second.h5")};
    float[] window = new float[ROWS * SAMPLES];
    for (int part = 0; part < files.length; part++) {
      int count = WINDOWS / files.length;
      float[][][] data = new float[count][ROWS][SAMPLES];
      for (int number = 0; number < count; number++) {
        fill(window, part * count + number);
        for (int row = 0; row < ROWS; row++) {
          System.arraycopy(window, row * SAMPLES, data[number][row], 0, SAMPLES);
        }
      }
      try (WritableHdfFile hdf = HdfFile.write(files[part])) {
        hdf.putDataset(
            "data",
            data,
            DatasetCreationOptions.builder().chunkDimensions(16, ROWS, SAMPLES).deflate().build());
      }
    }
    assertThat(sumReadBy(files)).isEqualTo(String.valueOf(expected()));
  }
}
