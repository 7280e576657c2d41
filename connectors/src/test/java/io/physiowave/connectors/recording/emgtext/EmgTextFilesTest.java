package io.physiowave.connectors.recording.emgtext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.recording.RecordingException;
import io.physiowave.connectors.recording.RecordingNotFoundException;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import io.physiowave.connectors.recording.formats.RecordingFormats;
import io.physiowave.connectors.testing.Recordings;
import io.physiowave.connectors.testing.SharedData;
import io.physiowave.core.frame.Modality;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmgTextFilesTest {
  private static final String HEADER =
      "time\tchannel1\tchannel2\tchannel3\tchannel4\tchannel5\tchannel6\tchannel7\tchannel8\tclass\n";

  @TempDir Path directory;
  private Path zip;

  @BeforeEach
  void zipAsDistributed() throws IOException {
    zip = directory.resolve("data.zip");
    String rows = row(1, 0) + row(2, 0) + row(3, 2) + row(5, 2) + row(6, 2) + row(7, 1);
    write(
        Map.of(
            "EMG_data_for_gestures-master/README.txt", "not a recording",
            "EMG_data_for_gestures-master/01/1_raw_data_13-12_22.03.16.txt", HEADER + rows,
            "EMG_data_for_gestures-master/01/2_raw_data_13-13_22.03.16.txt", HEADER + rows + "\n",
            "EMG_data_for_gestures-master/12/1_raw_data_11-35_28.03.16.txt", HEADER + rows));
  }

  @Nested
  class Collection {
    @Test
    void lists_its_recordings_by_subject_and_name() throws IOException {
      assertThat(EmgTextFiles.listZip(zip, RecordingOptions.DEFAULT))
          .extracting(RecordingSource::name)
          .containsExactly(
              "01/1_raw_data_13-12_22.03.16",
              "01/2_raw_data_13-13_22.03.16",
              "12/1_raw_data_11-35_28.03.16");
    }

    @Test
    void passes_over_what_macos_puts_beside_files() throws IOException {
      String rows = row(1, 1) + row(2, 1);
      write(
          Map.of(
              "EMG/01/1_raw_data.txt",
              HEADER + rows,
              "__MACOSX/EMG/01/._1_raw_data.txt",
              "no text"));
      assertThat(EmgTextFiles.listZip(zip, RecordingOptions.DEFAULT))
          .extracting(RecordingSource::name)
          .containsExactly("01/1_raw_data");
    }

    @Test
    void lets_texts_end_with_blank_lines() throws IOException {
      write(Map.of("EMG/01/1_raw_data.txt", HEADER + row(1, 1) + row(2, 1) + "\n\n \n"));
      try (Recording recording =
          EmgTextFiles.listZip(zip, RecordingOptions.DEFAULT).get(0).open()) {
        assertThat(recording.read(new float[8][10], 0, 10)).isEqualTo(2);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "01", "001"})
    void finds_a_subject_with_or_without_leading_zeros(String subject) throws IOException {
      assertThat(EmgTextFiles.listZip(zip, RecordingOptions.DEFAULT.withSubject(subject)))
          .hasSize(2)
          .allSatisfy(source -> assertThat(source.name()).startsWith("01/"));
    }

    @Test
    void finds_one_recording_by_its_name() throws IOException {
      RecordingOptions options =
          RecordingOptions.DEFAULT.withSubject("01/2_raw_data_13-13_22.03.16");
      assertThat(EmgTextFiles.listZip(zip, options)).hasSize(1);
    }

    @Test
    void names_its_subjects_when_asked_for_another() {
      assertThatThrownBy(
              () -> EmgTextFiles.listZip(zip, RecordingOptions.DEFAULT.withSubject("36")))
          .isInstanceOf(RecordingNotFoundException.class)
          .hasMessage(
              zip + ": holds no subject or recording '36'; expected a subject among 01, 12");
    }

    @Test
    void that_is_no_zip_is_refused() throws IOException {
      Files.writeString(zip, "text");
      assertThatThrownBy(() -> EmgTextFiles.listZip(zip, RecordingOptions.DEFAULT))
          .isInstanceOf(RecordingException.class)
          .hasMessageContaining("data.zip: not a readable zip file");
    }
  }

  @Nested
  class Unpacked {
    @BeforeEach
    void files() throws IOException {
      for (String name : List.of("set/02/1_raw.txt", "set/10/1_raw.txt")) {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, HEADER + row(1, 0));
      }
      Files.writeString(directory.resolve("set/README.txt"), "not a recording");
    }

    @Test
    void lists_the_same_names() throws IOException {
      assertThat(RecordingFormats.list(directory.resolve("set"), RecordingOptions.DEFAULT))
          .extracting(RecordingSource::name)
          .containsExactly("02/1_raw", "10/1_raw");
      assertThat(
              EmgTextFiles.listDirectory(
                  directory.resolve("set"), RecordingOptions.DEFAULT.withSubject("2")))
          .hasSize(1);
    }

    @Test
    void may_be_reached_through_a_link() throws IOException {
      Path link = directory.resolve("link");
      Files.createSymbolicLink(link, directory.resolve("set"));
      assertThat(RecordingFormats.list(link, RecordingOptions.DEFAULT)).hasSize(2);
    }

    @Test
    void a_subject_may_be_in_one_of_several_zips_alone() throws IOException {
      Path folder = Files.createDirectory(directory.resolve("zips"));
      Files.move(zip, folder.resolve("a.zip"));
      zip = folder.resolve("b.zip");
      write(Map.of("more/36/1_raw.txt", HEADER + row(1, 0)));
      assertThat(EmgTextFiles.listDirectory(folder, RecordingOptions.DEFAULT.withSubject("36")))
          .extracting(RecordingSource::name)
          .containsExactly("36/1_raw");
      assertThatThrownBy(
              () -> EmgTextFiles.listDirectory(folder, RecordingOptions.DEFAULT.withSubject("7")))
          .isInstanceOf(RecordingNotFoundException.class)
          .hasMessageEndingWith("recording '7'; expected a subject among 01, 12, 36");
    }

    @Test
    void a_folder_of_zips_stands_for_them() throws IOException {
      Path folder = Files.createDirectory(directory.resolve("zips"));
      Files.move(zip, folder.resolve("data.zip"));
      assertThat(RecordingFormats.list(folder, RecordingOptions.DEFAULT)).hasSize(3);
    }

    @Test
    void names_what_it_has_when_asked_for_another() {
      assertThatThrownBy(
              () ->
                  EmgTextFiles.listDirectory(
                      directory.resolve("set"), RecordingOptions.DEFAULT.withSubject("36")))
          .isInstanceOf(RecordingNotFoundException.class)
          .hasMessageEndingWith("recording '36'; expected a subject among 02, 10");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"9\t0\t0", "9\t0\t0\t0\t0\t0\t0\t0\t0\t", "9"})
  void a_row_that_the_end_of_the_file_cuts_off_is_left_out(String cut) throws IOException {
    write(Map.of("01/1_raw.txt", HEADER + row(1, 2) + row(2, 2) + cut));
    try (Recording recording = first()) {
      assertThat(Recordings.readAll(recording, 10)).hasDimensions(8, 2);
      assertThat(recording.annotations())
          .containsExactly(new RecordingAnnotation(0, 2, "2", "fist"));
    }
  }

  @Nested
  class Series {
    @Test
    void is_read_row_by_row_in_volts() throws IOException {
      try (Recording recording = first()) {
        assertThat(recording.modality()).isEqualTo(Modality.EMG);
        assertThat(recording.sampleRateHz()).isEqualTo(1000);
        assertThat(recording.channels()).hasSize(8).allMatch(channel -> channel.unit().equals("V"));
        float[][] samples = Recordings.readAll(recording, 4);
        assertThat(samples).hasDimensions(8, 6);
        assertThat(samples[0]).containsExactly(1e-5f, 2e-5f, 3e-5f, 5e-5f, 6e-5f, 7e-5f);
        assertThat(samples[7]).containsOnly(-2e-5f);
      }
    }

    @Test
    void tells_its_marked_stretches_before_during_and_after_reading() throws IOException {
      try (Recording recording = first()) {
        recording.read(new float[8][3], 0, 3);
        assertThat(recording.annotations())
            .containsExactly(
                new RecordingAnnotation(2, 5, "2", "fist"),
                new RecordingAnnotation(5, 6, "1", "rest"));
      }
    }

    @Test
    void may_lie_on_disk_as_a_text_file() throws IOException {
      Path file = Files.createDirectory(directory.resolve("07")).resolve("1_raw.txt");
      Files.writeString(file, HEADER + row(1, 3));
      try (Recording recording = EmgTextFiles.source(file).open()) {
        assertThat(recording.name()).isEqualTo("07/1_raw");
        assertThat(Recordings.readAll(recording, 10)).hasDimensions(8, 1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1~0~0~0~0~0~0~0~0|line 2: '1 0 0 0 0 0 0 0 0' has 9 columns; expected 10 separated by tabs",
        "1~0~0~x~0~0~0~0~0~0|line 2: channel3 is 'x'; expected a number of volts such as -2e-05",
        "1~0~0~NaN~0~0~0~0~0~0|line 2: channel3 is 'NaN'; expected a finite number of volts",
        "1~0~0~0~0~0~0~0~0~8|line 2: class is '8'; expected 0 to 7",
      })
  void a_malformed_line_is_named(String line, String message) throws IOException {
    write(Map.of("01/1_raw.txt", HEADER + line.replace('~', '\t') + "\n" + row(2, 0)));
    try (Recording recording = first()) {
      assertThatThrownBy(() -> Recordings.readAll(recording, 10))
          .isInstanceOf(MalformedRecordingException.class)
          .hasMessage("data.zip!01/1_raw.txt " + message);
    }
  }

  @Test
  void another_header_is_refused() throws IOException {
    write(Map.of("01/1_raw.txt", "a,b,c\n"));
    assertThatThrownBy(this::first)
        .isInstanceOf(MalformedRecordingException.class)
        .hasMessageContaining("line 1: the header is 'a,b,c'; expected the columns time, channel1");
  }

  @Test
  void real_recordings_are_read_to_their_last_row() throws IOException {
    Path real = SharedData.require("EMG_data_for_gestures-master.zip");
    List<RecordingSource> sources =
        EmgTextFiles.listZip(real, RecordingOptions.DEFAULT.withSubject("1"));
    assertThat(sources).hasSize(2);
    try (Recording recording = sources.get(0).open()) {
      assertThat(Recordings.readAll(recording, 5000)).hasDimensions(8, 63_196);
      assertThat(recording.annotations()).hasSize(12);
    }
  }

  private Recording first() throws IOException {
    return EmgTextFiles.listZip(zip, RecordingOptions.DEFAULT).get(0).open();
  }

  private void write(Map<String, String> entries) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static String row(int time, int gesture) {
    return time + "\t" + time + "e-05\t0\t0\t0\t0\t0\t0\t-2e-05\t" + gesture + "\n";
  }
}
