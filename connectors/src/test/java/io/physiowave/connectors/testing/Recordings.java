package io.physiowave.connectors.testing;

import io.physiowave.connectors.recording.Recording;
import java.io.IOException;
import java.util.Arrays;

/** Helps tests to read recordings. */
public final class Recordings {
  private Recordings() {}

  /** All samples, {@code float[channels][samples]}, read in chunks of a size. */
  public static float[][] readAll(Recording recording, int chunk) throws IOException {
    int channels = recording.channels().size();
    float[][] all = new float[channels][1024];
    int length = 0;
    while (true) {
      for (int channel = 0; channel < channels; channel++) {
        if (all[channel].length < length + chunk) {
          all[channel] = Arrays.copyOf(all[channel], 2 * all[channel].length + chunk);
        }
      }
      int count = recording.read(all, length, chunk);
      if (count < 0) {
        break;
      }
      length += count;
    }
    for (int channel = 0; channel < channels; channel++) {
      all[channel] = Arrays.copyOf(all[channel], length);
    }
    return all;
  }
}
