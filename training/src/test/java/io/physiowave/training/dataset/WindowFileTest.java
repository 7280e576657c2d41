package io.physiowave.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowFileTest {
  @TempDir Path folder;

  private Path foreign(Map<String, Object> datasets) {
    Path file = folder.resolve("foreign.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      datasets.forEach(hdf::putDataset);
    }
    return file;
  }

  /** Made by make_fixtures.py beside it. */
  private static Path resource(String name) {
    return Path.of("src/test/resources/dataset", name);
  }

  private static float[] firstWindow(Path file) throws IOException {
    try (WindowFile windows = WindowFile.open(file)) {
      float[] window = new float[windows.rows() * windows.samples()];
      windows.read(0, window);
      return window;
    }
  }

  @Nested
  class WhatIsWritten {
    @Test
    void comesBackWindowByWindow() throws IOException {
      SplittableRandom random = new SplittableRandom(1);
      float[][] written = new float[50][];
      Path file = folder.resolve("train.h5");
      try (WindowFileWriter writer = WindowFileWriter.create(file, 2, 32)) {
        for (int i = 0; i < written.length; i++) {
          written[i] = ToyWindows.window(i % 3, random);
          writer.append(written[i], i % 3, i / 10);
        }
        writer.finish();
      }
      try (WindowFile read = WindowFile.open(file)) {
        assertThat(read.size()).isEqualTo(50);
        float[] window = new float[64];
        for (int i = written.length - 1; i >= 0; i--) {
          read.read(i, window);
          assertThat(window).isEqualTo(written[i]);
          assertThat(read.labels().orElseThrow().classOf(i)).isEqualTo(i % 3);
          assertThat(read.groups().orElseThrow()[i]).isEqualTo(i / 10);
        }
      }
    }

    @Test
    void hasTheShapesThatOtherToolsExpect() throws IOException {
      Path file = ToyWindows.write(folder.resolve("train.h5"), 7, 1);
      try (HdfFile hdf = new HdfFile(file)) {
        assertThat(hdf.getDatasetByPath("data").getDimensions()).containsExactly(7, 2, 32);
        assertThat(hdf.getDatasetByPath("data").getJavaType()).isEqualTo(float.class);
        assertThat((int[]) hdf.getDatasetByPath("label").getData())
            .containsExactly(0, 1, 2, 0, 1, 2, 0);
      }
    }

    @Test
    void mayHaveSeveralLabelsPerWindow() throws IOException {
      Path file = folder.resolve("train.h5");
      try (WindowFileWriter writer = WindowFileWriter.create(file, 1, 4)) {
        writer.append(new float[4], new int[] {1, 0, 1}, 0);
        writer.append(new float[4], new int[] {0, 0, 1}, 0);
        writer.finish();
      }
      try (WindowFile read = WindowFile.open(file)) {
        WindowLabels labels = read.labels().orElseThrow();
        assertThat(labels.isMultiLabel()).isTrue();
        assertThat(labels.counts(3)).containsExactly(1, 0, 2);
        assertThat(labels.holds(1, 2)).isTrue();
      }
    }

    @Test
    void leavesNothingUnderItsNameWhenGivenUp() throws IOException {
      Path file = folder.resolve("train.h5");
      try (WindowFileWriter writer = WindowFileWriter.create(file, 1, 4)) {
        writer.append(new float[4], 0, 0);
      }
      assertThat(folder).isEmptyDirectory();
    }

    @Test
    void isGoneOnWithAfterACrash() throws IOException {
      Path whole = folder.resolve("whole.h5");
      Path cut = folder.resolve("cut.h5");
      try (WindowFileWriter writer = WindowFileWriter.create(whole, 1, 4)) {
        add(writer, 0, 9);
        writer.finish();
      }
      try (WindowFileWriter writer = WindowFileWriter.create(cut, 1, 4)) {
        add(writer, 0, 5);
        writer.sync();
        add(writer, 5, 7);
      }
      assertThat(cut).doesNotExist();
      assertThat(WindowFileWriter.isUnfinished(cut)).isTrue();
      try (WindowFileWriter writer = WindowFileWriter.resume(cut, 1, 4, 5, 2)) {
        assertThat(writer.windows()).isEqualTo(5);
        add(writer, 5, 9);
        writer.finish();
      }
      assertThat(cut).hasSameBinaryContentAs(whole);
      assertThat(WindowFileWriter.isUnfinished(cut)).isFalse();
    }

    @Test
    void theLastWindowsCanBeTakenBack() throws IOException {
      Path whole = folder.resolve("whole.h5");
      Path other = folder.resolve("other.h5");
      try (WindowFileWriter writer = WindowFileWriter.create(whole, 1, 4);
          WindowFileWriter again = WindowFileWriter.create(other, 1, 4)) {
        add(writer, 0, 6);
        add(again, 0, 5);
        add(again, 2, 4);
        again.truncate(5);
        add(again, 5, 6);
        writer.finish();
        again.finish();
      }
      assertThat(other).hasSameBinaryContentAs(whole);
    }

    @Test
    void cannotGoOnWithMoreThanThereIs() throws IOException {
      Path file = folder.resolve("a.h5");
      try (WindowFileWriter writer = WindowFileWriter.create(file, 1, 4)) {
        add(writer, 0, 2);
        writer.sync();
      }
      assertThatThrownBy(() -> WindowFileWriter.resume(file, 1, 4, 3, 2))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a.h5.partial: holds 96 bytes; expected 112");
      assertThatThrownBy(() -> WindowFileWriter.resume(folder.resolve("b.h5"), 1, 4, 3, 2))
          .hasMessageContaining("b.h5.partial: no such file");
    }

    private void add(WindowFileWriter writer, int from, int to) throws IOException {
      for (int i = from; i < to; i++) {
        writer.append(new float[] {i, i + 0.5f, -i, 1}, new int[] {i % 2, 1}, i / 3);
      }
    }

    @Test
    void mustHaveOneShape() throws IOException {
      try (WindowFileWriter writer = WindowFileWriter.create(folder.resolve("a.h5"), 2, 4)) {
        assertThatThrownBy(() -> writer.append(new float[7], 0, 0))
            .hasMessageContaining("a window of 7 samples")
            .hasMessageContaining("expected 8");
      }
    }
  }

  @Nested
  class FilesOfOtherTools {
    private final double[][][] data = {{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}, {{9, 10}, {11, 12}}};

    @Test
    void mayHoldDoubles() throws IOException {
      Path file = foreign(Map.of("data", data, "label", new long[] {0, 1, 0}));
      assertThat(firstWindow(file)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void mayBeChunkedAndCompressed() throws IOException {
      Path file = folder.resolve("chunked.h5");
      try (WritableHdfFile hdf = HdfFile.write(file)) {
        hdf.putDataset(
            "data",
            data,
            DatasetCreationOptions.builder().chunkDimensions(2, 2, 2).deflate().build());
        hdf.putDataset("label", new int[] {0, 1, 0});
      }
      try (WindowFile windows = WindowFile.open(file)) {
        float[] window = new float[4];
        windows.read(2, window);
        assertThat(window).containsExactly(9, 10, 11, 12);
      }
    }

    @Test
    void mayLinkToTheSamples() throws IOException {
      for (String name : List.of("soft-link.h5", "external-link.h5")) {
        assertThat(firstWindow(resource(name))).as(name).hasSize(16).startsWith(0, 1, 2, 3);
      }
    }

    @Test
    void mayLieWithinTheirHeader() throws IOException {
      assertThat(firstWindow(resource("compact.h5"))).startsWith(0, 1, 2).endsWith(14, 15);
    }

    @Test
    @Timeout(600)
    void mayHaveChunksThatReachThroughAllWindows() throws IOException {
      // Blocks of whole chunks would have more samples than an array.
      try (WindowFile windows =
          WindowFile.open(resource("tall-chunks.h5"), new BlockCache(8 << 20))) {
        float[] window = new float[12 * 2048];
        for (int index : new int[] {0, 80, 50_000, 99_999}) {
          windows.read(index, window);
          assertThat(window[3 * 2048 + 5]).as("window " + index).isEqualTo(7);
          window[3 * 2048 + 5] = 0;
          assertThat(window).containsOnly(0);
        }
      }
    }

    @Test
    void mayLackLabels() throws IOException {
      Path file = foreign(Map.of("data", data));
      try (WindowFile windows = WindowFile.open(file)) {
        assertThat(windows.labels()).isEmpty();
      }
    }
  }

  @Nested
  class Refused {
    private final float[][][] data = {{{1, 2, 3}}, {{4, Float.NaN, 6}}};

    private void refuses(Map<String, Object> datasets, String... words) {
      Path file = foreign(datasets);
      assertThatThrownBy(
              () -> {
                try (WindowSet windows = WindowSet.open(List.of(file))) {
                  windows.labels(3);
                }
              })
          .isInstanceOf(InvalidDatasetException.class)
          .message()
          .contains("foreign.h5")
          .contains(words);
    }

    @Test
    void aFileWithoutData() {
      refuses(Map.of("signals", data), "no data set 'data'", "[signals]", "expected data");
    }

    @Test
    void aFileWithoutLabels() {
      refuses(Map.of("data", data), "no data set 'label'");
    }

    @Test
    void dataOfAnotherRank() {
      refuses(Map.of("data", new float[4][5]), "shape [4, 5]", "(windows, channels, samples)");
    }

    @Test
    void labelsOfAnotherLength() {
      refuses(
          Map.of("data", data, "label", new int[] {0, 1, 2}),
          "label has shape [3]",
          "expected (2)");
    }

    @Test
    void aLabelOutOfRange() {
      refuses(Map.of("data", data, "label", new int[] {0, 3}), "label[1] is 3", "expected 0 to 2");
    }

    @Test
    void aNegativeLabel() {
      refuses(Map.of("data", data, "label", new int[] {0, -1}), "label[1] is -1", "0 or more");
    }

    @Test
    void aMarkThatIsNeitherZeroNorOne() {
      refuses(
          Map.of("data", data, "label", new int[][] {{0, 1, 0}, {0, 2, 0}}),
          "label[1][1] is 2",
          "0 or 1");
    }

    @Test
    void aLabelThatIsNoWholeNumber() {
      refuses(Map.of("data", data, "label", new double[] {0, 0.5}), "label[1] is 0.5");
    }

    @Test
    void aSampleThatIsNotFinite() throws IOException {
      Path file = foreign(Map.of("data", data, "label", new int[] {0, 1}));
      try (WindowFile windows = WindowFile.open(file)) {
        assertThatThrownBy(() -> windows.read(1, new float[3]))
            .isInstanceOf(InvalidDatasetException.class)
            .hasMessageContaining("foreign.h5: data[1][0][1] is NaN; expected finite samples");
      }
    }

    @Test
    void aFileThatIsNoHdf5() throws IOException {
      Path file = Files.writeString(folder.resolve("notes.h5"), "these are notes, not samples");
      assertThatThrownBy(() -> WindowFile.open(file))
          .isInstanceOf(InvalidDatasetException.class)
          .hasMessageContaining("notes.h5: not an HDF5 file");
    }

    @Test
    void aFolder() {
      assertThatThrownBy(() -> WindowFile.open(folder))
          .isInstanceOf(InvalidDatasetException.class)
          .hasMessage(folder + ": is a directory; expected an HDF5 file");
    }

    @ParameterizedTest
    @CsvSource({
      "complex.h5, data is of the HDF5 type CompoundDataType; expected numbers",
      "unwritten.h5, data was announced but never written",
      "unwritten-chunks.h5, data was announced but never written",
      "broken-link.h5, 'damaged, or of a form that is not read: '",
      "endless-link.h5, the link 'data' leads back to itself",
      "long-axis.h5, data has an axis of more than 2147483647; split it over several files",
      "huge-chunk.h5, 'data is stored in chunks of [40000, 12, 2048], 3,750 MiB each; expected '",
      "complex-labels.h5, label is of the HDF5 type CompoundDataType; expected numbers",
      "group.h5, 'no data set ''data''; the file holds [data, label], but that is a group'",
    })
    void samplesThatCannotBeRead(String name, String words) {
      assertThatThrownBy(() -> WindowFile.open(resource(name)))
          .isInstanceOf(InvalidDatasetException.class)
          .hasMessageContaining(name + ": " + words);
    }

    @Test
    void aFileThatWasCutOff() throws IOException {
      Path file = ToyWindows.write(folder.resolve("train.h5"), 40, 1);
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
      assertThatThrownBy(() -> WindowFile.open(file))
          .isInstanceOf(InvalidDatasetException.class)
          .hasMessageContaining("train.h5");
    }

    @Test
    void filesOfDifferentShape() throws IOException {
      Path first = ToyWindows.write(folder.resolve("train.h5"), 4, 1);
      Path second = foreign(Map.of("data", data, "label", new int[] {0, 1}));
      assertThatThrownBy(() -> WindowSet.open(List.of(first, second)))
          .hasMessageContaining("windows are 1 x 3; expected 2 x 32");
    }
  }
}
