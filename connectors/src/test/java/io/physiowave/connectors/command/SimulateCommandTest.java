package io.physiowave.connectors.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.formats.RecordingFormats;
import io.physiowave.connectors.simulate.EcgSimulator;
import io.physiowave.connectors.simulate.EcgSimulatorOptions;
import io.physiowave.connectors.simulate.EmgSimulator;
import io.physiowave.connectors.simulate.EmgSimulatorOptions;
import io.physiowave.connectors.simulate.RhythmProfile;
import io.physiowave.connectors.testing.CommandRun;
import io.physiowave.connectors.testing.Recordings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateCommandTest {
  @TempDir Path directory;

  @Test
  void a_simulated_ecg_becomes_a_record_with_its_truth() throws IOException {
    Path record = directory.resolve("e1");
    CommandRun run =
        CommandRun.of(
            new SimulateCommand(), "ecg", "--seed", 9, "--seconds", 30, "--output", record);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Wrote 10800 samples a channel to " + record);

    EcgSimulator simulator =
        new EcgSimulator(EcgSimulatorOptions.of(RhythmProfile.ECTOPIC, 9).withSampleCount(10_800));
    float[][] expected = Recordings.readAll(simulator, 1000);
    try (Recording recording = RecordingFormats.open(record, RecordingOptions.DEFAULT)) {
      assertThat(recording.channels())
          .extracting(RecordingChannel::name)
          .containsExactly("MLII", "V1");
      assertThat(Recordings.readAll(recording, 777)).isDeepEqualTo(expected);
      assertThat(recording.annotations())
          .isEqualTo(simulator.annotations())
          .extracting(RecordingAnnotation::label)
          .contains("N", "+");
    }
  }

  @Test
  void a_simulated_arm_becomes_a_text_file_with_its_gestures() throws IOException {
    Path file = directory.resolve("1_raw.txt");
    CommandRun run =
        CommandRun.of(new SimulateCommand(), "emg", "--seconds", 12.5, "--output", file);
    assertThat(run.exitCode()).isZero();

    EmgSimulator simulator = new EmgSimulator(EmgSimulatorOptions.of(1).withSampleCount(12_500));
    float[][] expected = Recordings.readAll(simulator, 1000);
    List<RecordingAnnotation> truth = simulator.annotations();
    try (Recording recording = RecordingFormats.open(file, RecordingOptions.DEFAULT)) {
      assertThat(Recordings.readAll(recording, 777)).isDeepEqualTo(expected);
      assertThat(recording.annotations()).isEqualTo(truth);
    }
  }

  @Test
  void a_file_without_an_end_is_bad_usage() {
    CommandRun run =
        CommandRun.of(new SimulateCommand(), "ecg", "--output", directory.resolve("e1"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--output needs --seconds: a file must end somewhere");
  }

  @Test
  void a_time_shorter_than_a_sample_has_one() {
    CommandRun run =
        CommandRun.of(
            new SimulateCommand(),
            "emg",
            "--seconds",
            0.0001,
            "--output",
            directory.resolve("1_raw.txt"));
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("Wrote 1 samples a channel");
  }

  @Test
  void a_root_directory_is_no_file_to_write() {
    CommandRun run =
        CommandRun.of(
            new SimulateCommand(), "ecg", "--seconds", 1, "--output", directory.getRoot());
    assertThat(run.exitCode()).isEqualTo(CommandRunner.USAGE);
    assertThat(run.err()).contains("--output is '" + directory.getRoot() + "'; expected a file");
  }

  @Test
  void a_time_without_a_sample_is_bad_usage() {
    CommandRun run = CommandRun.of(new SimulateCommand(), "ecg", "--seconds", -5);
    assertThat(run.exitCode()).isEqualTo(CommandRunner.USAGE);
    assertThat(run.err()).contains("--seconds is -5.0; expected a number above 0");
  }

  @ParameterizedTest
  @CsvSource({"--rhythm, SINUS", "--noise, HEAVY", "--leads, II"})
  void what_an_arm_has_not_is_refused(String option, String value) {
    CommandRun run =
        CommandRun.of(
            new SimulateCommand(),
            "emg",
            "--seconds",
            1,
            "--output",
            directory.resolve("x.txt"),
            option,
            value);
    assertThat(run.exitCode()).isEqualTo(CommandRunner.USAGE);
    assertThat(run.err()).contains(option + " is for ecg alone");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void an_unknown_lead_is_named() {
    CommandRun run = CommandRun.of(new SimulateCommand(), "ecg", "--leads", "V9");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("simulate: ECG lead is 'V9'; expected one of I, II")
        .hasLineCount(1);
  }

  @Test
  void an_unknown_kind_is_bad_usage() {
    assertThat(CommandRun.of(new SimulateCommand(), "eeg").exitCode()).isEqualTo(2);
  }
}
