package io.physiowave.training.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import io.physiowave.connectors.recording.wfdb.WfdbFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeRecordTest {
  private static final int LENGTH = 20_000;

  @TempDir Path folder;

  /** Which header(5) leaves to the writer. */
  @Test
  void aHeaderNeedNotCountTheSamples() throws IOException {
    SmallRecords.twelveLeads(folder, "counted", LENGTH, "");
    SmallRecords.twelveLeads(folder, "open", LENGTH, "");
    Files.copy(
        folder.resolve("counted.dat"),
        folder.resolve("open.dat"),
        StandardCopyOption.REPLACE_EXISTING);
    forgetCount("open");
    assertThat(read("open")).isDeepEqualTo(read("counted")).hasDimensions(12, LENGTH);
  }

  @Test
  void aRecordWithoutSamplesIsRefused() throws IOException {
    SmallRecords.twelveLeads(folder, "empty", 100, "");
    Files.write(folder.resolve("empty.dat"), new byte[0]);
    forgetCount("empty");
    assertThatThrownBy(() -> read("empty"))
        .isInstanceOf(MalformedRecordingException.class)
        .hasMessage("record empty: has no samples; expected at least 1");
  }

  @Test
  void aRecordOfAnotherRateIsRefused() throws IOException {
    SmallRecords.twelveLeads(folder, "fast", 100, "");
    RecordingSource source = source("fast");
    assertThatThrownBy(() -> WholeRecord.read(source, DiagnosisPreparation.LEADS, 250))
        .isInstanceOf(MalformedRecordingException.class)
        .hasMessageContaining("record fast: 100 samples at 500.0 Hz of [I, II, ");
  }

  private void forgetCount(String name) throws IOException {
    Path header = folder.resolve(name + ".hea");
    List<String> lines = new ArrayList<>(Files.readAllLines(header));
    assertThat(lines.get(0)).startsWith(name + " 12 500 ");
    lines.set(0, name + " 12 500");
    Files.write(header, lines);
  }

  private float[][] read(String name) throws IOException {
    return WholeRecord.read(source(name), DiagnosisPreparation.LEADS, 500);
  }

  private RecordingSource source(String name) throws IOException {
    return WfdbFiles.source(folder.resolve(name), RecordingOptions.DEFAULT);
  }
}
