package io.physiowave.streaming.testing;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.streaming.decode.ArrivedFrame;
import io.physiowave.streaming.types.TopicRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * EMG sessions for {@link TestModels#emg}: the first channel swings around a level which tells the
 * class, so that every window's label is known beforehand.
 */
public final class TestSignals {
  /** Rate, Hz. */
  public static final double RATE = 200;

  /** Channels in order. */
  public static final List<String> CHANNELS = List.of("ch1", "ch2");

  /** Start of every session on the device's clock, microseconds since the epoch. */
  public static final long START_MICROS = 1_700_000_000_000_000L;

  private TestSignals() {}

  /** The level at a sample: 0, 1, 2, 0, ... for a second each. */
  public static int level(long sample) {
    return (int) (sample / (long) RATE % 3);
  }

  /** A frame of a session. */
  public static SignalFrame frame(
      String stream, String session, long first, int count, boolean endOfSession) {
    float[][] samples = new float[CHANNELS.size()][count];
    for (int i = 0; i < count; i++) {
      long sample = first + i;
      samples[0][i] = (float) (level(sample) + 0.05 * Math.sin(sample * 2.1));
      samples[1][i] = (float) Math.cos(sample * 1.3);
    }
    return new SignalFrame(
        stream,
        session,
        Modality.EMG,
        first,
        START_MICROS + Math.round(first * 1e6 / RATE),
        0,
        RATE,
        CHANNELS,
        "mV",
        samples,
        new BitSet(),
        endOfSession);
  }

  /** A session cut into frames of one length, the last of which ends it. */
  public static List<SignalFrame> session(String stream, String session, int samples, int length) {
    List<SignalFrame> frames = new ArrayList<>();
    for (int first = 0; first < samples; first += length) {
      int count = Math.min(length, samples - first);
      frames.add(frame(stream, session, first, count, first + count == samples));
    }
    return frames;
  }

  /** A minute or so of ECG for {@link TestModels#ecg}: an R peak every 0.8 s on a quiet line. */
  public static List<SignalFrame> ecgSession(String stream, String session, int samples) {
    double rate = 250;
    int length = 125;
    List<SignalFrame> frames = new ArrayList<>();
    for (int first = 0; first < samples; first += length) {
      float[][] lead = new float[1][length];
      for (int i = 0; i < length; i++) {
        double phase = (first + i) % 200 - 100;
        lead[0][i] =
            (float) (1.5 * Math.exp(-phase * phase / 18) + 0.02 * Math.sin((first + i) * 0.7));
      }
      frames.add(
          new SignalFrame(
              stream,
              session,
              Modality.ECG,
              first,
              START_MICROS + Math.round(first * 1e6 / rate),
              0,
              rate,
              List.of("II"),
              "mV",
              lead,
              new BitSet(),
              first + length >= samples));
    }
    return frames;
  }

  /** A frame as the job holds it, dated by its own samples. */
  public static ArrivedFrame arrived(SignalFrame frame) {
    return arrived(frame, frame.deviceTimeMicros() / 1000);
  }

  /** A frame that the broker dated. */
  public static ArrivedFrame arrived(SignalFrame frame, long arrivalMillis) {
    return new ArrivedFrame(frame, record(frame, arrivalMillis));
  }

  /** The record of a frame. */
  public static TopicRecord record(SignalFrame frame, long arrivalMillis) {
    return new TopicRecord(
        frame.streamId().getBytes(StandardCharsets.UTF_8),
        SignalFrameCodec.encode(frame),
        0,
        frame.firstSampleIndex(),
        arrivalMillis);
  }
}
