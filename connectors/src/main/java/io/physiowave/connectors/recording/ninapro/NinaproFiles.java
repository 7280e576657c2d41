package io.physiowave.connectors.recording.ninapro;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.RecordingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import us.hebi.matlab.mat.types.Matrix;

/**
 * Opens the acquisition files of the Ninapro databases, e.g. {@code S1_E2_A1.mat}.
 *
 * <p>{@code emg} holds one column an electrode, {@code restimulus} and {@code rerepetition} the
 * movement and its repetition at each sample, corrected to when the movement was really made.
 */
public final class NinaproFiles {
  private static final String EMG = "emg";
  private static final String MOVEMENT = "restimulus";
  private static final String REPETITION = "rerepetition";

  private NinaproFiles() {}

  /**
   * Opens a file with its movements. MAT files hold matrices column by column, so the whole file's
   * signals are in memory.
   *
   * @param name of the recording
   * @param sampleRateHz rate of the database, which the file does not say
   * @throws RecordingException if the file is missing, damaged or no such file
   */
  public static NinaproRecording open(Path file, String name, double sampleRateHz)
      throws IOException {
    MatMatrices matrices = MatMatrices.read(file, Set.of(EMG, MOVEMENT, REPETITION));
    return new NinaproRecording(
        name, sampleRateHz, matrices.get(EMG), movements(matrices, matrices.get(EMG).getNumRows()));
  }

  /** Opens a file without its movements, which some files lack. */
  public static NinaproRecording openUnlabelled(Path file, String name, double sampleRateHz)
      throws IOException {
    Matrix emg = MatMatrices.read(file, Set.of(EMG)).get(EMG);
    return new NinaproRecording(name, sampleRateHz, emg, NinaproMovements.none());
  }

  /** Reads the movements alone. */
  public static NinaproMovements movements(Path file) throws IOException {
    return movements(MatMatrices.read(file, Set.of(MOVEMENT, REPETITION)), -1);
  }

  private static NinaproMovements movements(MatMatrices matrices, int samples)
      throws MalformedRecordingException {
    Matrix movement = matrices.get(MOVEMENT);
    Matrix repetition = matrices.get(REPETITION);
    int expected = samples < 0 ? movement.getNumElements() : samples;
    for (String name : new String[] {MOVEMENT, REPETITION}) {
      int found = matrices.get(name).getNumElements();
      if (found != expected) {
        throw new MalformedRecordingException(
            matrices.file() + ": " + name + " has " + found + " values; expected " + expected);
      }
    }
    int[] movements = new int[expected];
    int[] repetitions = new int[expected];
    for (int i = 0; i < expected; i++) {
      movements[i] = whole(matrices, MOVEMENT, i, movement.getDouble(i));
      repetitions[i] = whole(matrices, REPETITION, i, repetition.getDouble(i));
    }
    return NinaproMovements.of(movements, repetitions);
  }

  private static int whole(MatMatrices matrices, String name, int index, double value)
      throws MalformedRecordingException {
    if (value != Math.rint(value) || value < 0 || value > Short.MAX_VALUE) {
      throw new MalformedRecordingException(
          matrices.file()
              + ": "
              + name
              + "["
              + index
              + "] is "
              + value
              + "; expected a whole number, 0 or more");
    }
    return (int) value;
  }
}
