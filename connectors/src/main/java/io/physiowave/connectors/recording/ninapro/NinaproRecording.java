package io.physiowave.connectors.recording.ninapro;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.core.frame.Modality;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import us.hebi.matlab.mat.types.Matrix;

/** One acquisition file of Ninapro; channels are named {@code emg1} and on. */
public final class NinaproRecording implements Recording {
  private final String name;
  private final double sampleRateHz;
  private final Matrix emg;
  private final NinaproMovements movements;
  private final List<RecordingChannel> channels;
  private int next;

  NinaproRecording(String name, double sampleRateHz, Matrix emg, NinaproMovements movements) {
    this.name = name;
    this.sampleRateHz = sampleRateHz;
    this.emg = emg;
    this.movements = movements;
    this.channels =
        IntStream.rangeClosed(1, emg.getNumCols())
            .mapToObj(number -> new RecordingChannel("emg" + number, "V", Optional.empty()))
            .toList();
  }

  /** What the subject did; empty when it was not read. */
  public NinaproMovements movements() {
    return movements;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Modality modality() {
    return Modality.EMG;
  }

  @Override
  public double sampleRateHz() {
    return sampleRateHz;
  }

  @Override
  public List<RecordingChannel> channels() {
    return channels;
  }

  @Override
  public OptionalLong sampleCount() {
    return OptionalLong.of(emg.getNumRows());
  }

  @Override
  public Optional<Instant> startTime() {
    return Optional.empty();
  }

  @Override
  public int read(float[][] into, int offset, int count) {
    int done = Math.min(count, emg.getNumRows() - next);
    if (done <= 0) {
      return -1;
    }
    for (int channel = 0; channel < channels.size(); channel++) {
      for (int i = 0; i < done; i++) {
        into[channel][offset + i] = emg.getFloat(next + i, channel);
      }
    }
    next += done;
    return done;
  }

  /** The movements with their repetition as the note; rest is left out. */
  @Override
  public List<RecordingAnnotation> annotations() {
    return movements.stretches().stream()
        .filter(stretch -> stretch.movement() > 0)
        .map(
            stretch ->
                new RecordingAnnotation(
                    stretch.startSample(),
                    stretch.endSample(),
                    Integer.toString(stretch.movement()),
                    Integer.toString(stretch.repetition())))
        .toList();
  }

  @Override
  public void close() {
    // The file was closed when its matrices were read.
  }
}
