package io.physiowave.core.dsp;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Runs of samples in saved states: as {@link DataOutput#writeFloat} writes them, all at once. */
public final class SavedSamples {
  private SavedSamples() {}

  /** Writes {@code samples[from] .. samples[from + count - 1]}. */
  public static void write(float[] samples, int from, int count, DataOutput out)
      throws IOException {
    byte[] bytes = new byte[count * Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().put(samples, from, count);
    out.write(bytes);
  }

  /** Reads what {@link #write} wrote. */
  public static void read(float[] samples, int from, int count, DataInput in) throws IOException {
    byte[] bytes = new byte[count * Float.BYTES];
    in.readFully(bytes);
    ByteBuffer.wrap(bytes).asFloatBuffer().get(samples, from, count);
  }
}
