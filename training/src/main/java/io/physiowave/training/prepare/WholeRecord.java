package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.recording.RecordingSource;
import java.io.IOException;
import java.util.List;

/** Short records, read whole. */
final class WholeRecord {
  // A record that does not fit this is no short record but something else.
  private static final int LONGEST_SAMPLES = 1 << 20;

  private WholeRecord() {}

  /**
   * Reads some channels of a record; lead names count whatever their case.
   *
   * @param leads names of the channels in order
   * @param rateHz the rate it must have
   * @return {@code float[leads][samples]}; NaN marks invalid samples
   * @throws IOException if it is damaged, lacks a lead, or has another rate
   */
  static float[][] read(RecordingSource source, List<String> leads, double rateHz)
      throws IOException {
    try (Recording recording = source.open()) {
      List<String> names = recording.channels().stream().map(RecordingChannel::name).toList();
      int[] places = leads.stream().mapToInt(lead -> indexOf(names, lead)).toArray();
      long length = recording.sampleCount().orElse(0);
      for (int place : places) {
        if (place < 0
            || recording.sampleRateHz() != rateHz
            || length < 1
            || length > LONGEST_SAMPLES) {
          throw new MalformedRecordingException(
              "record "
                  + source.name()
                  + ": "
                  + length
                  + " samples at "
                  + recording.sampleRateHz()
                  + " Hz of "
                  + names
                  + "; expected "
                  + leads
                  + " at "
                  + rateHz
                  + " Hz");
        }
      }
      float[][] samples = new float[names.size()][(int) length];
      int done = 0;
      while (done < length) {
        int count = recording.read(samples, done, (int) length - done);
        if (count < 0) {
          throw new MalformedRecordingException(
              "record " + source.name() + ": ends at " + done + "; expected " + length);
        }
        done += count;
      }
      float[][] chosen = new float[places.length][];
      for (int row = 0; row < places.length; row++) {
        chosen[row] = samples[places[row]];
      }
      return chosen;
    }
  }

  private static int indexOf(List<String> names, String wanted) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(wanted)) {
        return i;
      }
    }
    return -1;
  }
}
