package io.physiowave.connectors.recording.wfdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.testing.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WfdbRecordWriterTest {
  private static final float STEP = 1 / 200f;

  @Property(tries = 60)
  void what_is_written_is_read_back_to_half_a_digital_step(
      @ForAll boolean packed,
      @ForAll @IntRange(min = 1, max = 5) int signals,
      @ForAll @IntRange(min = 0, max = 300) int samples,
      @ForAll @IntRange(min = 1, max = 50) int chunk,
      @ForAll long seed)
      throws IOException {
    Path directory = Files.createTempDirectory("wfdb-round-trip");
    SignalFormat format = packed ? SignalFormat.PACKED_12 : SignalFormat.INT_16;
    float[][] written = random(signals, samples, seed);

    try (WfdbRecordWriter writer = WfdbRecordWriter.create(directory, output(signals, format))) {
      for (int from = 0; from < samples; from += chunk) {
        writer.append(written, from, Math.min(samples, from + chunk));
      }
    }

    try (Recording recording = open(directory.resolve("r1"))) {
      float[][] read = Recordings.readAll(recording, chunk + 3);
      assertThat(read).hasDimensions(signals, samples);
      for (int signal = 0; signal < signals; signal++) {
        for (int i = 0; i < samples; i++) {
          if (Float.isNaN(written[signal][i])) {
            assertThat(read[signal][i]).isNaN();
          } else {
            assertThat(read[signal][i]).isCloseTo(written[signal][i], within(STEP / 2));
          }
        }
      }
    }
    deleteAll(directory);
  }

  @Test
  void a_written_header_tells_what_was_recorded(@TempDir Path directory) throws IOException {
    WfdbOutput output =
        new WfdbOutput(
            "r1",
            360,
            Optional.of(Instant.parse("2026-11-23T10:20:30.125Z")),
            SignalFormat.PACKED_12,
            List.of(new WfdbOutput.Signal("MLII", "mV", 200, 1024)),
            List.of("made for a test"));
    try (WfdbRecordWriter writer = WfdbRecordWriter.create(directory, output)) {
      writer.append(new float[][] {{0, 0.005f, -5.12f}}, 0, 3);
      assertThat(writer.sampleCount()).isEqualTo(3);
    }

    assertThat(directory.resolve("r1.hea"))
        .hasContent(
            """
            r1 1 360 3 10:20:30.125 23/11/2026
            r1.dat 212 200(1024)/mV 12 0 1024 2049 0 MLII
            # made for a test
            """);
    try (Recording recording = open(directory.resolve("r1.hea"))) {
      assertThat(recording.startTime()).contains(Instant.parse("2026-11-23T10:20:30.125Z"));
      assertThat(recording.sampleCount()).hasValue(3);
      assertThat(recording.sampleRateHz()).isEqualTo(360);
      assertThat(recording.channels())
          .extracting(RecordingChannel::name, RecordingChannel::unit)
          .containsExactly(org.assertj.core.groups.Tuple.tuple("MLII", "mV"));
      assertThat(recording.channels().get(0).scale().orElseThrow().offset()).isEqualTo(-5.12);
    }
  }

  @Test
  void samples_beyond_the_range_saturate(@TempDir Path directory) throws IOException {
    try (WfdbRecordWriter writer =
        WfdbRecordWriter.create(directory, output(1, SignalFormat.PACKED_12))) {
      writer.append(new float[][] {{100, -100}}, 0, 2);
    }
    try (Recording recording = open(directory.resolve("r1"))) {
      assertThat(Recordings.readAll(recording, 10)[0]).containsExactly(2047 * STEP, -2047 * STEP);
    }
  }

  private static org.assertj.core.data.Offset<Float> within(float offset) {
    return org.assertj.core.data.Offset.offset(offset * 1.01f);
  }

  private static Recording open(Path path) throws IOException {
    return WfdbFiles.source(path, RecordingOptions.DEFAULT).open();
  }

  private static WfdbOutput output(int signals, SignalFormat format) {
    List<WfdbOutput.Signal> described = new ArrayList<>();
    for (int signal = 0; signal < signals; signal++) {
      described.add(new WfdbOutput.Signal("lead " + signal, "mV", 200, 0));
    }
    return new WfdbOutput("r1", 123.5, Optional.empty(), format, described, List.of());
  }

  private static float[][] random(int signals, int samples, long seed) {
    Random random = new Random(seed);
    float[][] all = new float[signals][samples];
    for (float[] signal : all) {
      for (int i = 0; i < samples; i++) {
        signal[i] = random.nextInt(20) == 0 ? Float.NaN : 20 * random.nextFloat() - 10;
      }
    }
    return all;
  }

  private static void deleteAll(Path directory) throws IOException {
    for (String file : List.of("r1.hea", "r1.dat")) {
      Files.delete(directory.resolve(file));
    }
    Files.delete(directory);
  }
}
