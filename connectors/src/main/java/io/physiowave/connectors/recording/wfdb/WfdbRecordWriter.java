package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.files.OutputFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a record of any length: one signal file, and on closing the header with checksums.
 *
 * <p>Samples are rounded to the nearest digital step; those beyond the format's range saturate, as
 * in a digitiser, and NaN becomes the format's mark of an invalid sample.
 *
 * <pre>{@code
 * try (var writer = WfdbRecordWriter.create(directory, output)) {
 *   writer.append(samples, 0, count);
 * }
 * }</pre>
 */
public final class WfdbRecordWriter implements Closeable {
  private final Path directory;
  private final WfdbOutput output;
  private final OutputStream out;
  private final SampleEncoder encoder;
  private final int[] sums;
  private final int[] initialValues;
  private long frames;

  private WfdbRecordWriter(Path directory, WfdbOutput output, OutputStream out) {
    this.directory = directory;
    this.output = output;
    this.out = out;
    this.encoder = SampleEncoder.of(output.format(), out);
    this.sums = new int[output.signals().size()];
    this.initialValues = new int[output.signals().size()];
  }

  /**
   * Starts a record, replacing one of the same name. Its header appears when the writer is closed.
   *
   * @param directory created when missing
   */
  public static WfdbRecordWriter create(Path directory, WfdbOutput output) throws IOException {
    Files.createDirectories(directory);
    Files.deleteIfExists(directory.resolve(output.name() + ".hea"));
    return new WfdbRecordWriter(
        directory, output, OutputFile.open(directory.resolve(signalFileName(output))));
  }

  /**
   * Appends samples.
   *
   * @param samples {@code float[signals][]}, physical values
   * @param from first position taken of each signal
   * @param to one past the last
   */
  public void append(float[][] samples, int from, int to) throws IOException {
    if (samples.length != sums.length) {
      throw new IllegalArgumentException(
          "samples of "
              + samples.length
              + " signals; record "
              + output.name()
              + " has "
              + sums.length);
    }
    for (int position = from; position < to; position++) {
      for (int signal = 0; signal < samples.length; signal++) {
        int raw = digital(output.signals().get(signal), samples[signal][position]);
        if (frames == 0) {
          initialValues[signal] = raw;
        }
        sums[signal] += raw;
        encoder.write(raw);
      }
      frames++;
    }
  }

  private int digital(WfdbOutput.Signal signal, float physical) {
    SignalFormat format = output.format();
    if (Float.isNaN(physical)) {
      return (int) (format.minimum() - 1);
    }
    double raw = Math.rint(physical * signal.gain() + signal.baseline());
    return (int) Math.max((double) format.minimum(), Math.min((double) format.maximum(), raw));
  }

  /** Samples appended so far per signal. */
  public long sampleCount() {
    return frames;
  }

  @Override
  public void close() throws IOException {
    try (out) {
      encoder.finish();
    }
    OutputFile.write(
        directory.resolve(output.name() + ".hea"),
        WfdbHeaderText.of(output, signalFileName(output), frames, initialValues, sums));
  }

  private static String signalFileName(WfdbOutput output) {
    return output.name() + ".dat";
  }
}
