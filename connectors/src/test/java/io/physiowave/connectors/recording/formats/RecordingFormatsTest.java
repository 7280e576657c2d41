package io.physiowave.connectors.recording.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingException;
import io.physiowave.connectors.recording.RecordingNotFoundException;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import io.physiowave.connectors.recording.UnsupportedRecordingException;
import io.physiowave.core.frame.Modality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingFormatsTest {
  @TempDir Path directory;

  @BeforeEach
  void twoRecords() throws IOException {
    Path nested = Files.createDirectories(directory.resolve("more"));
    for (Path record : new Path[] {directory.resolve("a"), nested.resolve("b")}) {
      Files.write(Path.of(record + ".dat"), new byte[4]);
      String name = record.getFileName().toString();
      Files.writeString(
          Path.of(record + ".hea"), name + " 2 100 1\n" + (name + ".dat 16 1\n").repeat(2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.hea", "a.dat"})
  void a_record_goes_by_its_name_or_any_of_its_files(String path) throws IOException {
    try (Recording recording =
        RecordingFormats.open(directory.resolve(path), RecordingOptions.DEFAULT)) {
      assertThat(recording.name()).isEqualTo("a");
      assertThat(recording.modality()).isEqualTo(Modality.ECG);
      assertThat(recording.channels()).extracting("name").containsExactly("signal 0", "signal 1");
    }
  }

  @Test
  void a_directory_holds_records_at_any_depth() throws IOException {
    assertThat(RecordingFormats.list(directory, RecordingOptions.DEFAULT))
        .extracting(RecordingSource::name)
        .containsExactly("a", "more/b");
  }

  @Test
  void one_of_several_is_chosen_by_name() throws IOException {
    try (Recording recording =
        RecordingFormats.open(directory, RecordingOptions.DEFAULT.withSubject("more/b"))) {
      assertThat(recording.name()).isEqualTo("more/b");
    }
  }

  @Test
  void several_are_not_opened_as_one() {
    assertThatThrownBy(() -> RecordingFormats.open(directory, RecordingOptions.DEFAULT))
        .isInstanceOf(RecordingException.class)
        .hasMessage(directory + ": holds 2 recordings; choose one of a, more/b");
  }

  @Test
  void a_file_of_another_kind_is_refused_with_what_can_be_read() throws IOException {
    Path file = Files.writeString(directory.resolve("sleep.edf"), "0");
    assertThatThrownBy(() -> RecordingFormats.open(file, RecordingOptions.DEFAULT))
        .isInstanceOf(UnsupportedRecordingException.class)
        .hasMessageStartingWith(
            file + ": not a recording that can be read; expected a WFDB record");
  }

  @Test
  void a_signal_file_without_its_header_asks_for_the_header() throws IOException {
    Path file = Files.write(directory.resolve("c.dat"), new byte[4]);
    assertThatThrownBy(() -> RecordingFormats.open(file, RecordingOptions.DEFAULT))
        .isInstanceOf(RecordingNotFoundException.class)
        .hasMessageContaining("expected a WFDB header c.hea there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "nothing.zip", "nothing.txt"})
  void what_is_not_there_is_named(String path) {
    assertThatThrownBy(
            () -> RecordingFormats.open(directory.resolve(path), RecordingOptions.DEFAULT))
        .isInstanceOf(RecordingNotFoundException.class)
        .hasMessageContaining(path);
  }
}
