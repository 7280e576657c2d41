package io.physiowave.connectors.recording.cut;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.core.window.CutWindow;
import io.physiowave.core.window.StreamWindower;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;

/** Runs a recording through the windower of the streaming job. */
public final class RecordingCutter {
  private static final int CHUNK = 4096;

  private RecordingCutter() {}

  /** Takes windows; may fail to write them. */
  @FunctionalInterface
  public interface WindowSink {
    /** Takes the next one. */
    void accept(CutWindow window) throws IOException;
  }

  /** Sees samples before the windows that they complete. */
  @FunctionalInterface
  public interface SampleWatch {
    /** Sees {@code float[channels][]}, of which the first {@code count} of each channel are new. */
    void take(float[][] samples, int count);
  }

  /** Reads the recording to its end; memory is bounded by a chunk and the windower. */
  public static void cut(Recording recording, StreamWindower windower, WindowSink sink)
      throws IOException {
    cut(recording, windower, (samples, count) -> {}, sink);
  }

  /** As the other, with somebody who sees the samples, too. */
  public static void cut(
      Recording recording, StreamWindower windower, SampleWatch watch, WindowSink sink)
      throws IOException {
    float[][] samples = new float[recording.channels().size()][CHUNK];
    BitSet noneOff = new BitSet();
    try {
      for (int count = recording.read(samples, 0, CHUNK);
          count > 0;
          count = recording.read(samples, 0, CHUNK)) {
        watch.take(samples, count);
        windower.append(samples, 0, count, noneOff, window -> pass(window, sink));
      }
      windower.finish(window -> pass(window, sink));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void pass(CutWindow window, WindowSink sink) {
    try {
      sink.accept(window);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
