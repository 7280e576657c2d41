package io.physiowave.core.frame;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Samples that were written as numbers.
 *
 * @param channels values of each channel, in the frame's unit; NaN where one is missing
 */
record JsonSamples(List<float[]> channels) {
  private static final int FIRST_CAPACITY = 64;

  /** The array at which the parser stands. */
  static float[] channel(String field, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw JsonValues.wrong(field, parser, "an array with the samples of one channel");
    }
    float[] values = new float[FIRST_CAPACITY];
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (count == SignalFrame.MAXIMUM_SAMPLES) {
        throw new InvalidFrameException(
            field
                + " has more than "
                + count
                + " samples; expected at most "
                + count
                + ": send shorter frames");
      }
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count] = JsonValues.sample(field, count, parser);
      count++;
    }
    return Arrays.copyOf(values, count);
  }

  /**
   * Little-endian float32, sample 0 of every channel first.
   *
   * @param names channels that the frame names
   * @throws InvalidFrameException when these are not as many, or not equally long
   */
  ByteString interleaved(int names) {
    if (channels.size() != names) {
      throw new InvalidFrameException(
          "samples has "
              + channels.size()
              + " channels; expected "
              + names
              + ", one for each name in channels");
    }
    int count = channels.isEmpty() ? 0 : channels.get(0).length;
    for (int channel = 1; channel < channels.size(); channel++) {
      if (channels.get(channel).length != count) {
        throw new InvalidFrameException(
            "samples["
                + channel
                + "] has "
                + channels.get(channel).length
                + " samples; expected "
                + count
                + " as in samples[0]");
      }
    }
    ByteBuffer data =
        ByteBuffer.allocate(channels.size() * count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int sample = 0; sample < count; sample++) {
      for (float[] channel : channels) {
        data.putFloat(channel[sample]);
      }
    }
    return UnsafeByteOperations.unsafeWrap(data.flip());
  }
}
