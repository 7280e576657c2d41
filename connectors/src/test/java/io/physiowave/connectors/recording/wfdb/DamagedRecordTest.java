package io.physiowave.connectors.recording.wfdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.connectors.recording.ChecksumException;
import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingException;
import io.physiowave.connectors.recording.RecordingNotFoundException;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.TruncatedRecordingException;
import io.physiowave.connectors.testing.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedRecordTest {
  @TempDir Path directory;

  @Nested
  class Signals {
    @Test
    void that_are_cut_off_are_refused_on_opening_with_both_sizes() throws IOException {
      record("x 2 360 4\nx.dat 212 200\nx.dat 212 200\n", new byte[11]);
      assertThatThrownBy(() -> read(RecordingOptions.DEFAULT))
          .isInstanceOf(TruncatedRecordingException.class)
          .hasMessageContaining(
              "x.dat: holds 11 bytes; expected 12 for the 4 samples of 2 signals");
    }

    @Test
    void that_end_within_a_frame_are_refused_when_the_header_does_not_count() throws IOException {
      record("x 2 360\nx.dat 16 200\nx.dat 16 200\n", new byte[6]);
      assertThatThrownBy(() -> read(RecordingOptions.DEFAULT))
          .isInstanceOf(TruncatedRecordingException.class)
          .hasMessageContaining("x.dat: ends within a frame, before signal 1");
    }

    @Test
    void that_differ_from_their_checksum_are_refused_at_the_end() throws IOException {
      record("x 1 360 2\nx.dat 16 200 16 0 1 4 0 MLII\n", new byte[] {1, 0, 2, 0});
      assertThatThrownBy(() -> read(RecordingOptions.DEFAULT))
          .isInstanceOf(ChecksumException.class)
          .hasMessageContaining("signal 0 (MLII) has checksum 3; expected 4 as in x.hea");
    }

    @Test
    void with_a_wrong_checksum_are_read_when_asked_not_to_verify() throws IOException {
      record("x 1 360 2\nx.dat 16 200 16 0 1 4 0 MLII\n", new byte[] {1, 0, 2, 0});
      assertThat(read(RecordingOptions.DEFAULT.withoutChecksums())[0]).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x 1 360", "x 1 360 0"})
    void that_the_header_does_not_count_have_no_checksum(String line) throws IOException {
      record(line + "\nx.dat 16 200 16 0 1 4 0 MLII\n", new byte[] {1, 0, 2, 0});
      assertThat(read(RecordingOptions.DEFAULT)[0]).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../other.dat", "/etc/hostname", "a/../../x.dat", "C:/x.dat", "..\\x"})
    void that_lie_elsewhere_are_not_read(String file) throws IOException {
      Files.writeString(directory.resolve("x.hea"), "x 1 360 2\n" + file + " 16 200\n");
      assertThatThrownBy(() -> read(RecordingOptions.DEFAULT))
          .isInstanceOf(MalformedRecordingException.class)
          .hasMessageContaining("x.hea line 2: signal file is '" + file + "'")
          .hasMessageContaining("expected the name of a file beside the header or beneath");
    }

    @Test
    void may_lie_in_a_directory_beneath() throws IOException {
      Files.createDirectory(directory.resolve("raw..1"));
      Files.write(directory.resolve("raw..1/x.dat"), new byte[4]);
      Files.writeString(directory.resolve("x.hea"), "x 1 360 2\nraw..1/x.dat 16 200\n");
      assertThat(read(RecordingOptions.DEFAULT)[0]).hasSize(2);
    }

    @Test
    void that_are_missing_are_named() throws IOException {
      Files.writeString(directory.resolve("x.hea"), "x 1 360 2\nother.dat 16 200\n");
      assertThatThrownBy(() -> read(RecordingOptions.DEFAULT))
          .isInstanceOf(RecordingNotFoundException.class)
          .hasMessageContaining("other.dat: no such file; the header names it");
    }
  }

  @Nested
  class Headers {
    @Test
    void that_do_not_exist_are_named() {
      assertThatThrownBy(() -> read(RecordingOptions.DEFAULT))
          .isInstanceOf(RecordingNotFoundException.class)
          .hasMessageContaining("no such recording; expected a WFDB header x.hea there");
    }

    @Test
    void of_many_segments_need_a_number_of_them() throws IOException {
      record("x/many 2 360 1000\na 500\nb 500\n", new byte[0]);
      assertThatThrownBy(() -> read(RecordingOptions.DEFAULT))
          .isInstanceOf(MalformedRecordingException.class)
          .hasMessageContaining("x.hea line 1: number of segments is 'many'");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "x 1 360 2~x.dat 516 200|line 2: format 516 is compressed with FLAC, which is not read; expected one of 8, 16, 24, 32, 61, 80, 160, 212, 310, 311, to which the WFDB software converts it",
          "x 1 360 2~x.dat 213 200|line 2: format 213 is not a WFDB signal format that can be read; expected one of 8, 16, 24, 32, 61, 80, 160, 212, 310, 311",
          "x 1 fast 2~x.dat 16 200|line 1: sampling frequency is 'fast'; expected a number",
          "x 1 -5 2~x.dat 16 200|line 1: sampling frequency is '-5'; expected more than 0",
          "x one 360 2~x.dat 16 200|line 1: number of signals is 'one'; expected a whole number",
          "x 1 360 2~x.dat 16 many|line 2: gain is 'many'; expected a number",
          "x 2 360 2~x.dat 16 200|holds 1 signal lines; the record line announces 2",
          "x 1 360 2~x.dat 16 200 12 0 zero|line 2: initial value is 'zero'; expected a whole number",
          "x 1 360 2 25:00:00~x.dat 16 200|line 1: base time is '25:00:00'; expected HH:MM:SS",
          "x 1 360 2~x.dat 16:2000000 200|line 2: skew is '2000000'; expected at most 1000000",
          "x 1 360 2~x.dat 16x2000000 200|line 2: samples per frame is '2000000'; expected at most 100000",
          "# only a comment|x.hea: the header is empty; expected a record line such as '208 2 360 650000'",
        })
    void that_break_the_rules_are_refused_with_line_and_value(String header, String message)
        throws IOException {
      record(header.replace('~', '\n'), new byte[100]);
      assertThatThrownBy(() -> read(RecordingOptions.DEFAULT))
          .isInstanceOf(MalformedRecordingException.class)
          .hasMessageContaining(message)
          .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("\n"));
    }
  }

  @Nested
  class Annotations {
    @Test
    void that_end_without_a_closing_word_are_refused() {
      assertThatThrownBy(() -> AnnotationReader.parse("x.atr", new byte[] {5, 4}))
          .isInstanceOf(MalformedRecordingException.class)
          .hasMessageContaining(
              "x.atr byte 2: found the end of the file; expected a word of zeros");
    }

    @Test
    void with_an_unknown_code_are_refused() {
      byte[] bytes = {5, (byte) (55 << 2), 0, 0};
      assertThatThrownBy(() -> AnnotationReader.parse("x.atr", bytes))
          .hasMessage("x.atr byte 0: found annotation code 55; expected 1 to 49, or 0 at the end");
    }

    @Test
    void with_a_text_beyond_the_end_are_refused() {
      byte[] bytes = {5, 4, 9, (byte) (63 << 2), 'a', 'b'};
      assertThatThrownBy(() -> AnnotationReader.parse("x.atr", bytes))
          .hasMessage("x.atr byte 2: found a text of 9 bytes; expected at most 2");
    }

    @Test
    void that_do_not_exist_are_named() {
      Path missing = directory.resolve("x.atr");
      assertThatThrownBy(() -> AnnotationReader.read(missing))
          .isInstanceOf(RecordingException.class)
          .hasMessage(missing + ": no such annotation file");
    }
  }

  private void record(String header, byte[] samples) throws IOException {
    Files.writeString(directory.resolve("x.hea"), header);
    Files.write(directory.resolve("x.dat"), samples);
  }

  private float[][] read(RecordingOptions options) throws IOException {
    try (Recording recording = WfdbFiles.source(directory.resolve("x"), options).open()) {
      return Recordings.readAll(recording, 64);
    }
  }
}
