package io.physiowave.connectors.recording.wfdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import io.physiowave.connectors.testing.Recordings;
import io.physiowave.connectors.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Real records, where they lie beside the repository; reading verifies every checksum. */
class RealRecordsTest {

  @TestFactory
  Stream<DynamicTest> records_of_the_arrhythmia_database() throws IOException {
    return all(
        "mitdb",
        recording -> {
          assertThat(recording.sampleRateHz()).isEqualTo(360);
          assertThat(Recordings.readAll(recording, 4096)).hasDimensions(2, 650_000);
        });
  }

  @TestFactory
  Stream<DynamicTest> records_of_the_2021_challenge() throws IOException {
    return all(
        "cinc2021",
        recording -> {
          float[][] samples = Recordings.readAll(recording, 1000);
          assertThat(samples).hasDimensions(12, (int) recording.sampleCount().orElseThrow());
          assertThat(recording.channels().get(1).name()).isEqualTo("II");
          assertThat(recording.channels().get(1).unit()).isEqualTo("mV");
        });
  }

  @Test
  void beats_of_the_arrhythmia_database_are_as_many_as_published() throws IOException {
    Path directory = SharedData.require("mitdb");
    Map<String, Integer> counts = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".atr")).toList()) {
        for (WfdbAnnotation annotation : AnnotationReader.read(file).annotations()) {
          if (annotation.isBeat()) {
            counts.merge(annotation.symbol(), 1, Integer::sum);
          }
        }
      }
    }
    assertThat(total(counts, "N", "L", "R", "e", "j")).isEqualTo(45_866);
    assertThat(total(counts, "A", "a", "J", "S")).isEqualTo(944);
    assertThat(total(counts, "V", "E")).isEqualTo(3788);
    assertThat(total(counts, "F")).isEqualTo(415);
    assertThat(total(counts, "/", "f", "Q")).isEqualTo(8);
  }

  private static int total(Map<String, Integer> counts, String... symbols) {
    return Stream.of(symbols).collect(Collectors.summingInt(s -> counts.getOrDefault(s, 0)));
  }

  private static Stream<DynamicTest> all(String folder, Check check) throws IOException {
    Path directory = SharedData.require(folder);
    return WfdbFiles.listDirectory(directory, RecordingOptions.DEFAULT).stream()
        .map(source -> DynamicTest.dynamicTest(source.name(), () -> check(source, check)));
  }

  private static void check(RecordingSource source, Check check) throws IOException {
    try (Recording recording = source.open()) {
      check.accept(recording);
    }
  }

  private interface Check {
    void accept(Recording recording) throws IOException;
  }
}
