package io.physiowave.connectors.recording.wfdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.connectors.recording.ChecksumException;
import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.recording.RecordingNotFoundException;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import io.physiowave.connectors.recording.UnsupportedRecordingException;
import io.physiowave.connectors.testing.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentedRecordTest {
  private static final float NONE = Float.NaN;

  @TempDir Path folder;

  /** A segment whose samples are {@code first}, {@code first + 1}, ... in mV for every signal. */
  private void segment(String name, int samples, int first, double gain, String... leads)
      throws IOException {
    List<WfdbOutput.Signal> signals =
        List.of(leads).stream().map(lead -> new WfdbOutput.Signal(lead, "mV", gain, 0)).toList();
    float[][] values = new float[leads.length][samples];
    for (int signal = 0; signal < leads.length; signal++) {
      for (int t = 0; t < samples; t++) {
        values[signal][t] = first + t + 100 * signal;
      }
    }
    WfdbOutput output =
        new WfdbOutput(name, 125, Optional.empty(), SignalFormat.INT_16, signals, List.of());
    try (WfdbRecordWriter writer = WfdbRecordWriter.create(folder, output)) {
      writer.append(values, 0, samples);
    }
  }

  private void header(String name, String... lines) throws IOException {
    Files.writeString(folder.resolve(name + ".hea"), String.join("\n", lines) + "\n");
  }

  private float[][] read(int chunk) throws IOException {
    try (Recording recording = open()) {
      return Recordings.readAll(recording, chunk);
    }
  }

  private Recording open() throws IOException {
    return WfdbFiles.source(folder.resolve("p1"), RecordingOptions.DEFAULT).open();
  }

  @Nested
  class OfFixedLayout {
    private void write() throws IOException {
      segment("p1_0001", 3, 0, 10, "II", "V");
      segment("p1_0002", 2, 50, 10, "II", "V");
      header(
          "p1", "p1/3 2 125 9 10:00:00 1/2/2026", "p1_0001 3", "~ 4", "p1_0002 2", "# of a test");
    }

    @Test
    void isReadAsOneWithGapsAsInvalidSamples() throws IOException {
      write();
      for (int chunk : new int[] {1, 2, 4, 100}) {
        float[][] all = read(chunk);
        assertThat(all[0]).containsExactly(0, 1, 2, NONE, NONE, NONE, NONE, 50, 51);
        assertThat(all[1]).containsExactly(100, 101, 102, NONE, NONE, NONE, NONE, 150, 151);
      }
    }

    @Test
    void tellsRateLengthChannelsAndStart() throws IOException {
      write();
      try (Recording recording = open()) {
        assertThat(recording.sampleRateHz()).isEqualTo(125);
        assertThat(recording.sampleCount()).hasValue(9);
        assertThat(recording.startTime()).isPresent();
        assertThat(recording.channels())
            .extracting(RecordingChannel::name)
            .containsExactly("II", "V");
        assertThat(recording.channels().get(0).scale()).isPresent();
      }
    }

    /** The example of header(5): a record without signal files stands for a pause. */
    @Test
    void aNullRecordAmongTheSegmentsIsAGap() throws IOException {
      segment("p1_0001", 3, 0, 10, "II", "V");
      header("null", "null 2", "~ 0", "~ 0");
      header("p1", "p1/3 2 125 8", "p1_0001 3", "null 2", "p1_0001 3");
      assertThat(read(4)[0]).containsExactly(0, 1, 2, NONE, NONE, 0, 1, 2);
    }

    @Test
    void hasNoDigitalScaleWhenSegmentsDiffer() throws IOException {
      segment("p1_0001", 3, 0, 10, "II");
      segment("p1_0002", 2, 50, 20, "II");
      header("p1", "p1/2 1 125 5", "p1_0001 3", "p1_0002 2");
      assertThat(read(8)[0]).containsExactly(0, 1, 2, 50, 51);
      try (Recording recording = open()) {
        assertThat(recording.channels().get(0).scale()).isEmpty();
      }
    }

    @Test
    void isOneRecordOfItsDirectory() throws IOException {
      write();
      segment("other", 4, 0, 10, "II");
      assertThat(WfdbFiles.listDirectory(folder, RecordingOptions.DEFAULT))
          .extracting(RecordingSource::name)
          .containsExactly("other", "p1");
      assertThat(WfdbFiles.filesOf(folder.resolve("p1.hea")))
          .extracting(file -> file.getFileName().toString())
          .containsExactly("p1.hea", "p1_0001.hea", "p1_0001.dat", "p1_0002.hea", "p1_0002.dat");
    }

    @Test
    void itsAnnotationsCountFromTheStartOfTheRecord() throws IOException {
      write();
      AnnotationWriter.write(
          folder.resolve("p1.atr"),
          new WfdbAnnotations(List.of(WfdbAnnotation.at(8, "N")), OptionalDouble.empty()));
      try (Recording recording = open()) {
        assertThat(recording.annotations()).hasSize(1);
        assertThat(recording.annotations().get(0).startSample()).isEqualTo(8);
      }
    }
  }

  @Test
  void whatMacosPutsBesideAHeaderIsNoRecord() throws IOException {
    segment("p1", 9, 0, 10, "II");
    Files.write(folder.resolve("._p1.hea"), new byte[] {0, 5, 22, 7});
    assertThat(WfdbFiles.listDirectory(folder, RecordingOptions.DEFAULT))
        .extracting(RecordingSource::name)
        .containsExactly("p1");
  }

  @Test
  void annotationsOfAFileThatStepsBackComeInOrder() throws IOException {
    segment("p1", 9, 0, 10, "II");
    // N at 8, then five back: V at 3.
    byte[] bytes = {8, 1 << 2, 0, (byte) (59 << 2), -1, -1, -5, -1, 0, 5 << 2, 0, 0};
    Files.write(folder.resolve("p1.atr"), bytes);
    try (Recording recording = open()) {
      assertThat(recording.annotations())
          .extracting(RecordingAnnotation::startSample)
          .containsExactly(3L, 8L);
    }
  }

  @Nested
  class OfVariableLayout {
    private void write() throws IOException {
      header(
          "p1_layout",
          "p1_layout 3 125 0",
          "~ 0 200 0 0 0 0 0 II",
          "~ 0 200 0 0 0 0 0 V",
          "~ 0 200 0 0 0 0 0 PLETH");
      segment("p1_0001", 2, 0, 10, "V", "II");
      segment("p1_0002", 1, 7, 5, "PLETH");
      header("p1", "p1/4 3 125 5", "p1_layout 0", "p1_0001 2", "~ 2", "p1_0002 1");
    }

    @Test
    void signalsAreFoundByName() throws IOException {
      write();
      float[][] all = read(2);
      assertThat(all[0]).containsExactly(100, 101, NONE, NONE, NONE);
      assertThat(all[1]).containsExactly(0, 1, NONE, NONE, NONE);
      assertThat(all[2]).containsExactly(NONE, NONE, NONE, NONE, 7);
    }

    @Test
    void isOneRecordOfItsDirectory() throws IOException {
      write();
      assertThat(WfdbFiles.listDirectory(folder, RecordingOptions.DEFAULT)).hasSize(1);
    }

    @Test
    void signalsOfOneNameKeepTheirOrder() throws IOException {
      header("p1_layout", "p1_layout 2 125 0", "~ 0 200 0 0 0 0 0 V", "~ 0 200 0 0 0 0 0 V");
      segment("p1_0001", 2, 0, 10, "V", "V");
      segment("p1_0002", 1, 7, 5, "V");
      header("p1", "p1/3 2 125 3", "p1_layout 0", "p1_0001 2", "p1_0002 1");
      float[][] all = read(2);
      assertThat(all[0]).containsExactly(0, 1, 7);
      assertThat(all[1]).containsExactly(100, 101, NONE);
    }

    @Test
    void oneMoreSignalOfANameThanTheLayoutHasIsRefused() throws IOException {
      write();
      segment("p1_0001", 2, 0, 10, "V", "V");
      assertThatThrownBy(() -> open())
          .isInstanceOf(MalformedRecordingException.class)
          .hasMessageContaining("p1_0001.hea: signal 'V' is not in the layout so often");
    }

    @Test
    void aSignalThatTheLayoutDoesNotNameIsRefused() throws IOException {
      write();
      segment("p1_0002", 1, 7, 5, "ABP");
      assertThatThrownBy(() -> open())
          .isInstanceOf(MalformedRecordingException.class)
          .hasMessageContaining("p1_0002.hea: signal 'ABP' is not in the layout");
    }
  }

  @Nested
  class Damage {
    @Test
    void aMissingSegmentIsNamed() throws IOException {
      header("p1", "p1/1 1 125 5", "p1_0001 5");
      assertThatThrownBy(() -> open())
          .isInstanceOf(RecordingNotFoundException.class)
          .hasMessageContaining("p1_0001.hea");
    }

    @Test
    void lengthsMustAgree() throws IOException {
      segment("p1_0001", 3, 0, 10, "II");
      header("p1", "p1/1 1 125 4", "p1_0001 4");
      assertThatThrownBy(() -> open())
          .hasMessageContaining("p1_0001.hea: number of samples is 3; expected 4");
      header("p1", "p1/1 1 125 4", "p1_0001 3");
      assertThatThrownBy(() -> open())
          .hasMessageContaining("its segments have 3 samples; the record line announces 4");
    }

    @Test
    void ratesMustAgree() throws IOException {
      segment("p1_0001", 3, 0, 10, "II");
      header("p1", "p1/1 1 250 3", "p1_0001 3");
      assertThatThrownBy(() -> open())
          .hasMessageContaining("sampling frequency is 125.0; expected 250.0");
    }

    @Test
    void aSegmentMustNotHaveSegments() throws IOException {
      header("p1", "p1/1 1 125 3", "p2 3");
      header("p2", "p2/1 1 125 3", "p1 3");
      assertThatThrownBy(() -> open())
          .isInstanceOf(UnsupportedRecordingException.class)
          .hasMessageContaining("a segment of p1.hea that has segments itself");
    }

    @Test
    void aWrongChecksumInOneSegmentIsSeen() throws IOException {
      segment("p1_0001", 3, 0, 10, "II");
      segment("p1_0002", 3, 0, 10, "II");
      Path data = folder.resolve("p1_0001.dat");
      byte[] bytes = Files.readAllBytes(data);
      bytes[2]++;
      Files.write(data, bytes);
      header("p1", "p1/2 1 125 6", "p1_0001 3", "p1_0002 3");
      assertThatThrownBy(() -> read(4)).isInstanceOf(ChecksumException.class);
    }

    @Test
    void namesOutsideTheDirectoryAreRefused() throws IOException {
      header("p1", "p1/1 1 125 3", "../p2 3");
      assertThatThrownBy(() -> open())
          .hasMessageContaining("p1.hea line 2: segment name is '../p2'");
    }

    @Test
    void tooFewSegmentLinesAreCounted() throws IOException {
      header("p1", "p1/2 1 125 3", "p1_0001 3");
      assertThatThrownBy(() -> open())
          .hasMessageContaining("p1.hea: holds 1 segment lines; the record line announces 2");
    }
  }
}
