package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.recording.RecordingSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Short records, read whole. */
final class WholeRecord {
  // A record that does not fit this is no short record but something else.
  private static final int LONGEST_SAMPLES = 1 << 20;
  private static final int FIRST_SAMPLES = 1 << 13;

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
      OptionalLong announced = recording.sampleCount();
      for (int place : places) {
        if (place < 0
            || recording.sampleRateHz() != rateHz
            || announced.orElse(1) < 1
            || announced.orElse(1) > LONGEST_SAMPLES) {
          throw new MalformedRecordingException(
              "record "
                  + source.name()
                  + ": "
                  + (announced.isPresent() ? announced.getAsLong() : "an unknown number of")
                  + " samples at "
                  + recording.sampleRateHz()
                  + " Hz of "
                  + names
                  + "; expected "
                  + leads
                  + " at "
                  + rateHz
                  + " Hz, 1 to "
                  + LONGEST_SAMPLES
                  + " samples");
        }
      }
      float[][] samples =
          announced.isPresent()
              ? announced(source, recording, (int) announced.getAsLong())
              : toItsEnd(source, recording);
      float[][] chosen = new float[places.length][];
      for (int row = 0; row < places.length; row++) {
        chosen[row] = samples[places[row]];
      }
      return chosen;
    }
  }

  private static float[][] announced(RecordingSource source, Recording recording, int length)
      throws IOException {
    float[][] samples = new float[recording.channels().size()][length];
    int done = 0;
    while (done < length) {
      int count = recording.read(samples, done, length - done);
      if (count < 0) {
        throw new MalformedRecordingException(
            "record " + source.name() + ": ends at " + done + "; expected " + length);
      }
      done += count;
    }
    return samples;
  }

  /** Headers need not count their samples. */
  private static float[][] toItsEnd(RecordingSource source, Recording recording)
      throws IOException {
    float[][] samples = new float[recording.channels().size()][FIRST_SAMPLES];
    int length = 0;
    for (int count = 0; count >= 0; length += Math.max(0, count)) {
      if (length == samples[0].length) {
        if (length > LONGEST_SAMPLES) {
          throw new MalformedRecordingException(
              "record "
                  + source.name()
                  + ": goes on after "
                  + length
                  + " samples; expected at most "
                  + LONGEST_SAMPLES);
        }
        for (int row = 0; row < samples.length; row++) {
          samples[row] = Arrays.copyOf(samples[row], 2 * length);
        }
      }
      count = recording.read(samples, length, samples[0].length - length);
    }
    if (length == 0) {
      throw new MalformedRecordingException(
          "record " + source.name() + ": has no samples; expected at least 1");
    }
    for (int row = 0; row < samples.length; row++) {
      samples[row] = Arrays.copyOf(samples[row], length);
    }
    return samples;
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
