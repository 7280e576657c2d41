package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.recording.RecordingNotFoundException;
import io.physiowave.connectors.recording.TruncatedRecordingException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** One signal file of a record, read frame by frame. */
final class SignalFile implements Closeable {
  private final Path file;
  private final List<WfdbSignal> signals;
  private final int firstSignal;
  private final SampleDecoder decoder;
  private final ByteSource bytes;
  private final int[] sums;

  private SignalFile(Path file, List<WfdbSignal> signals, int firstSignal, ByteSource bytes) {
    this.file = file;
    this.signals = signals;
    this.firstSignal = firstSignal;
    this.bytes = bytes;
    this.decoder = SampleDecoder.of(signals, bytes);
    this.sums = new int[signals.size()];
  }

  /**
   * Opens a file at its first sample.
   *
   * @param signals the signals that share it, in order
   * @param firstSignal position of the first of them within the record
   * @param frames frames that the header announces
   */
  static SignalFile open(Path file, List<WfdbSignal> signals, int firstSignal, OptionalLong frames)
      throws IOException {
    long found;
    ByteSource bytes;
    try {
      found = Files.size(file);
      bytes = new ByteSource(Files.newInputStream(file));
    } catch (NoSuchFileException e) {
      throw new RecordingNotFoundException(file + ": no such file; the header names it");
    }
    try {
      WfdbSignal first = signals.get(0);
      long samplesPerFrame = signals.stream().mapToLong(WfdbSignal::samplesPerFrame).sum();
      if (frames.isPresent()) {
        long expected =
            first.byteOffset() + first.format().bytes(frames.getAsLong() * samplesPerFrame);
        if (found < expected) {
          throw truncated(file, found, expected, frames.getAsLong(), signals.size());
        }
      }
      bytes.skip(first.byteOffset());
      return new SignalFile(file, signals, firstSignal, bytes);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private static TruncatedRecordingException truncated(
      Path file, long found, long expected, long frames, int signals) {
    return new TruncatedRecordingException(
        file
            + ": holds "
            + found
            + " bytes; expected "
            + expected
            + " for the "
            + frames
            + " samples of "
            + signals
            + (signals == 1 ? " signal" : " signals")
            + " that the header announces");
  }

  /**
   * Reads one frame. A signal with several samples a frame gives their mean.
   *
   * @param physical receives the value of each signal of this file at its position in the record;
   *     NaN where invalid
   * @return false when the file ends before this frame
   * @throws TruncatedRecordingException when it ends within this frame
   */
  boolean readFrame(float[] physical) throws IOException {
    for (int i = 0; i < signals.size(); i++) {
      WfdbSignal signal = signals.get(i);
      int samples = signal.samplesPerFrame();
      long total = 0;
      int valid = 0;
      for (int sample = 0; sample < samples; sample++) {
        long raw = decoder.next();
        if (raw == SampleDecoder.END) {
          if (i == 0 && sample == 0) {
            return false;
          }
          throw new TruncatedRecordingException(
              file
                  + ": ends within a frame, before signal "
                  + (firstSignal + i)
                  + " of the record");
        }
        sums[i] += (int) raw;
        if (!signal.format().isInvalid(raw)) {
          total += raw;
          valid++;
        }
      }
      physical[firstSignal + i] =
          valid == 0 ? Float.NaN : (float) signal.physical((double) total / valid);
    }
    return true;
  }

  /** The 16-bit checksum of what was read of a signal of the record. */
  int checksum(int signal) {
    return (short) sums[signal - firstSignal];
  }

  boolean holds(int signal) {
    return signal >= firstSignal && signal < firstSignal + signals.size();
  }

  Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
