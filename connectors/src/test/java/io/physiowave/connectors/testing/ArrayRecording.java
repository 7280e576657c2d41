package io.physiowave.connectors.testing;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.core.frame.Modality;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A recording held in memory. */
public final class ArrayRecording implements Recording {
  private final double sampleRateHz;
  private final List<RecordingChannel> channels;
  private final float[][] samples;
  private int position;

  /** Takes {@code float[channels][samples]}. */
  public ArrayRecording(double sampleRateHz, List<RecordingChannel> channels, float[][] samples) {
    this.sampleRateHz = sampleRateHz;
    this.channels = channels;
    this.samples = samples;
  }

  /** One channel {@code MLII} in mV whose samples count up from 0. */
  public static ArrayRecording counting(double sampleRateHz, int count) {
    float[][] samples = new float[1][count];
    for (int i = 0; i < count; i++) {
      samples[0][i] = i;
    }
    return new ArrayRecording(
        sampleRateHz, List.of(new RecordingChannel("MLII", "mV", Optional.empty())), samples);
  }

  @Override
  public String name() {
    return "in-memory";
  }

  @Override
  public Modality modality() {
    return Modality.ECG;
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
    return OptionalLong.of(samples[0].length);
  }

  @Override
  public Optional<Instant> startTime() {
    return Optional.empty();
  }

  @Override
  public int read(float[][] into, int offset, int count) {
    int found = Math.min(count, samples[0].length - position);
    if (found <= 0) {
      return -1;
    }
    for (int channel = 0; channel < samples.length; channel++) {
      System.arraycopy(samples[channel], position, into[channel], offset, found);
    }
    position += found;
    return found;
  }

  @Override
  public List<RecordingAnnotation> annotations() {
    return List.of();
  }

  @Override
  public void close() {}
}
