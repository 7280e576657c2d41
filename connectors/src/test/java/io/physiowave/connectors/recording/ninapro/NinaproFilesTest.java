package io.physiowave.connectors.recording.ninapro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.testing.Recordings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;

class NinaproFilesTest {
  @TempDir Path folder;

  private static Matrix column(double... values) {
    Matrix matrix = Mat5.newMatrix(values.length, 1);
    for (int i = 0; i < values.length; i++) {
      matrix.setDouble(i, values[i]);
    }
    return matrix;
  }

  private static Matrix emg(int samples) {
    Matrix matrix = Mat5.newMatrix(samples, 2);
    for (int i = 0; i < samples; i++) {
      matrix.setDouble(i, 0, i);
      matrix.setDouble(i, 1, -i);
    }
    return matrix;
  }

  private Path write(Matrix emg, Matrix movement, Matrix repetition) throws IOException {
    Path file = folder.resolve("S1_E1_A1.mat");
    try (MatFile mat =
        Mat5.newMatFile()
            .addArray("emg", emg)
            .addArray("restimulus", movement)
            .addArray("rerepetition", repetition)) {
      Mat5.writeToFile(mat, file.toFile());
    }
    return file;
  }

  @Test
  void signalsAndMovementsAreRead() throws IOException {
    Path file = write(emg(6), column(0, 3, 3, 3, 0, 0), column(0, 1, 1, 2, 2, 2));
    try (NinaproRecording recording = NinaproFiles.open(file, "S1_E1_A1", 200)) {
      assertThat(recording.channels())
          .extracting(RecordingChannel::name)
          .containsExactly("emg1", "emg2");
      assertThat(recording.sampleCount()).hasValue(6);
      float[][] all = Recordings.readAll(recording, 4);
      assertThat(all[0]).containsExactly(0, 1, 2, 3, 4, 5);
      assertThat(all[1]).containsExactly(0, -1, -2, -3, -4, -5);
      assertThat(recording.annotations())
          .containsExactly(
              new RecordingAnnotation(1, 3, "3", "1"), new RecordingAnnotation(3, 4, "3", "2"));
    }
    assertThat(NinaproFiles.movements(file).largestMovement()).isEqualTo(3);
    assertThat(NinaproFiles.movements(file).stretches()).hasSize(4);
  }

  @Test
  void lengthsMustAgree() throws IOException {
    Path file = write(emg(6), column(0, 1), column(0, 1, 1, 1, 1, 1));
    assertThatThrownBy(() -> NinaproFiles.open(file, "x", 200))
        .isInstanceOf(MalformedRecordingException.class)
        .hasMessageContaining("S1_E1_A1.mat: restimulus has 2 values; expected 6");
  }

  @Test
  void movementsAreWholeNumbers() throws IOException {
    Path file = write(emg(2), column(0, 1.5), column(0, 1));
    assertThatThrownBy(() -> NinaproFiles.open(file, "x", 200))
        .hasMessageContaining("restimulus[1] is 1.5; expected a whole number");
  }

  @Test
  void aMissingMatrixIsNamedWithThoseThatAreThere() throws IOException {
    Path file = folder.resolve("a.mat");
    try (MatFile mat = Mat5.newMatFile().addArray("acc", column(1))) {
      Mat5.writeToFile(mat, file.toFile());
    }
    assertThatThrownBy(() -> NinaproFiles.openUnlabelled(file, "x", 200))
        .hasMessageContaining("a.mat: has no matrix of real numbers 'emg'; it has [acc]");
  }
}
