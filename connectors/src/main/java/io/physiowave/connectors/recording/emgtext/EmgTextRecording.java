package io.physiowave.connectors.recording.emgtext;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.core.frame.Modality;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * One series of gestures: a row is a sample, nominally 1 ms after the one before.
 *
 * <p>The time column skips a few milliseconds here and there (about 4 % in total), while the
 * armband itself sampled at 200 Hz and its values are held between; the rows are what the
 * publications cut windows from, so they are what is counted here.
 */
final class EmgTextRecording implements Recording {
  static final double ROWS_PER_SECOND = 1000;
  private static final List<RecordingChannel> CHANNELS =
      IntStream.rangeClosed(1, EmgTextLines.CHANNELS)
          .mapToObj(number -> new RecordingChannel("channel" + number, "V", Optional.empty()))
          .toList();

  private final EmgTextSource source;
  private final EmgTextLines lines;

  EmgTextRecording(EmgTextSource source, EmgTextLines lines) {
    this.source = source;
    this.lines = lines;
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public Modality modality() {
    return Modality.EMG;
  }

  @Override
  public double sampleRateHz() {
    return ROWS_PER_SECOND;
  }

  @Override
  public List<RecordingChannel> channels() {
    return CHANNELS;
  }

  @Override
  public OptionalLong sampleCount() {
    return OptionalLong.empty();
  }

  @Override
  public Optional<Instant> startTime() {
    return Optional.empty();
  }

  @Override
  public int read(float[][] into, int offset, int count) throws IOException {
    int done = 0;
    while (done < count && lines.advance()) {
      for (int channel = 0; channel < CHANNELS.size(); channel++) {
        into[channel][offset + done] = lines.volts(channel);
      }
      lines.gestureCode();
      done++;
    }
    return done == 0 ? -1 : done;
  }

  /** Stretches of equal class; class 0, unmarked, is left out. */
  @Override
  public List<RecordingAnnotation> annotations() throws IOException {
    List<RecordingAnnotation> stretches = new ArrayList<>();
    try (EmgTextLines rows = new EmgTextLines(source.content().open(), source.place())) {
      rows.readHeader();
      int gesture = HandGesture.UNMARKED.code();
      long start = 0;
      long row = 0;
      for (; rows.advance(); row++) {
        int now = rows.gestureCode();
        if (now != gesture) {
          add(stretches, start, row, gesture);
          gesture = now;
          start = row;
        }
      }
      add(stretches, start, row, gesture);
    }
    return stretches;
  }

  private static void add(List<RecordingAnnotation> stretches, long start, long end, int code) {
    if (code != HandGesture.UNMARKED.code()) {
      HandGesture gesture = HandGesture.ofCode(code);
      stretches.add(new RecordingAnnotation(start, end, gesture.label(), gesture.description()));
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
