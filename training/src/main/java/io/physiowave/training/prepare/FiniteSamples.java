package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.MalformedRecordingException;

/** Looks for samples that are no numbers, one of which would spoil all that are scaled with it. */
final class FiniteSamples {
  private FiniteSamples() {}

  /**
   * Checks a matrix.
   *
   * @param file that it comes from, and {@code matrix} its name there, for the message
   * @param samples {@code [columns][rows]}
   * @throws MalformedRecordingException naming the first sample that is not finite
   */
  static void require(String file, String matrix, float[][] samples)
      throws MalformedRecordingException {
    for (int column = 0; column < samples.length; column++) {
      for (int row = 0; row < samples[column].length; row++) {
        if (!Float.isFinite(samples[column][row])) {
          throw new MalformedRecordingException(
              file
                  + ": "
                  + matrix
                  + "["
                  + row
                  + "]["
                  + column
                  + "] is "
                  + samples[column][row]
                  + "; expected finite samples");
        }
      }
    }
  }
}
