package io.physiowave.connectors.recording.wfdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.testing.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes and samples by the definitions of signal(5). */
class SignalFormatTest {
  private static final float INVALID = Float.NaN;

  @TempDir Path directory;

  @ParameterizedTest(name = "format {0}: {1} is {2}")
  @CsvSource({
    "16, 0100ffff0080ff7f, 1 -1 NaN 32767",
    "24, 010000ffffff000080, 1 -1 NaN",
    "32, 01000000feffffff00000080, 1 -2 NaN",
    "61, 0001fffe8000, 1 -2 NaN",
    "80, 8081ff00, 0 1 127 NaN",
    "160, 008001800000, 0 1 NaN",
    "212, 01f0020078ff, 1 -254 NaN 2047",
    "212, 01f002f90f, 1 -254 -7",
    "310, 0268fc57fefb00fc, 1 -2 333 511 NaN -1",
    "311, 01f8df14ff01f83f, 1 -2 333 511 NaN -1",
    "8, 02ff7f, 2 1 128"
  })
  void every_format_reads_its_bytes(String format, String bytes, String expected)
      throws IOException {
    int samples = expected.split(" ").length;
    write(bytes, "x 1 100 " + samples + "\nx.dat " + format + " 1\n");
    float[] values = new float[samples];
    for (int i = 0; i < samples; i++) {
      values[i] = Float.parseFloat(expected.split(" ")[i]);
    }
    assertSamples(new float[][] {values});
  }

  @Nested
  class Frames {
    @Test
    void of_several_samples_give_their_mean_of_valid_ones() throws IOException {
      write("0100 0300 0a00 0080 0700 1400", "x 2 100 2\nx.dat 16x2 1 16\nx.dat 16 1 16\n");
      assertSamples(new float[][] {{2, 7}, {10, 20}});
    }

    @Test
    void of_differences_add_up_over_the_samples_of_a_frame() throws IOException {
      write("0102 04 ff01 08", "x 2 100 2\nx.dat 8x2 1 8 0 10\nx.dat 8 1 8 0 100\n");
      assertSamples(new float[][] {{12, 12.5f}, {104, 112}});
    }

    @Test
    void with_a_skew_are_aligned_and_end_without_the_late_signal() throws IOException {
      write("0100 0000 0200 0100 0300 0200", "x 2 100 3\nx.dat 16 1 16\nx.dat 16:1 1 16\n");
      assertSamples(new float[][] {{1, 2, 3}, {1, 2, INVALID}});
    }

    @Test
    void of_several_samples_count_a_skew_in_samples() throws IOException {
      write(
          "0100 0300 0a00 0500 0700 1400 0900 0b00 1e00",
          "x 2 100 3\nx.dat 16x2:2 1 16\nx.dat 16 1 16\n");
      assertSamples(new float[][] {{6, 10, INVALID}, {10, 20, 30}});
    }

    @Test
    void start_at_the_byte_offset() throws IOException {
      write("ffffffff 0500 0600", "x 1 100 2\nx.dat 16+4 1 16\n");
      assertSamples(new float[][] {{5, 6}});
    }

    @Test
    void run_to_the_end_of_the_file_when_the_header_does_not_count_them() throws IOException {
      write("0500 0600 0700", "x 1 100\nx.dat 16 1 16\n");
      assertSamples(new float[][] {{5, 6, 7}});
    }

    @Test
    void come_from_several_files_each_in_its_own_format() throws IOException {
      Files.write(directory.resolve("y.dat"), HexFormat.of().parseHex("8183"));
      write("0500 0600", "x 2 100 2\nx.dat 16 1 16\ny.dat 80 1 8\n");
      assertSamples(new float[][] {{5, 6}, {1, 3}});
    }
  }

  /** Compares as text, in which NaN equals NaN. */
  private void assertSamples(float[][] expected) throws IOException {
    assertThat(Arrays.deepToString(read())).isEqualTo(Arrays.deepToString(expected));
  }

  private void write(String hex, String header) throws IOException {
    Files.write(directory.resolve("x.dat"), HexFormat.of().parseHex(hex.replace(" ", "")));
    Files.writeString(directory.resolve("x.hea"), header);
  }

  private float[][] read() throws IOException {
    try (Recording recording =
        WfdbFiles.source(directory.resolve("x"), RecordingOptions.DEFAULT).open()) {
      return Recordings.readAll(recording, 2);
    }
  }
}
