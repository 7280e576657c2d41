package io.physiowave.connectors.recording.ninapro;

import java.util.ArrayList;
import java.util.List;

/**
 * What a subject did during a recording.
 *
 * @param stretches runs of samples with the same movement and repetition, in order, without holes
 */
public record NinaproMovements(List<Stretch> stretches) {

  public NinaproMovements {
    stretches = List.copyOf(stretches);
  }

  /**
   * One run of samples.
   *
   * @param startSample its first sample
   * @param endSample one past its last
   * @param movement number within the exercise; 0 is rest
   * @param repetition number of the repetition, from 1; 0 belongs to none
   */
  public record Stretch(int startSample, int endSample, int movement, int repetition) {}

  static NinaproMovements none() {
    return new NinaproMovements(List.of());
  }

  static NinaproMovements of(int[] movements, int[] repetitions) {
    List<Stretch> stretches = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= movements.length; i++) {
      if (i == movements.length
          || movements[i] != movements[start]
          || repetitions[i] != repetitions[start]) {
        stretches.add(new Stretch(start, i, movements[start], repetitions[start]));
        start = i;
      }
    }
    return new NinaproMovements(stretches);
  }

  /** The largest number of a movement; 0 when there is only rest. */
  public int largestMovement() {
    return stretches.stream().mapToInt(Stretch::movement).max().orElse(0);
  }
}
