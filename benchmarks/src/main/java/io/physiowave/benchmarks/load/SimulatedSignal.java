package io.physiowave.benchmarks.load;

import io.physiowave.connectors.recording.DigitalScale;
import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.simulate.EcgSimulator;
import io.physiowave.connectors.simulate.EcgSimulatorOptions;
import io.physiowave.connectors.simulate.EmgSimulator;
import io.physiowave.connectors.simulate.EmgSimulatorOptions;
import io.physiowave.connectors.simulate.RhythmProfile;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One simulated session in memory.
 *
 * @param modality kind of signal
 * @param sampleRateHz rate, Hz
 * @param channels in order
 * @param samples {@code float[channels][samples]} in the channels' unit
 */
record SimulatedSignal(
    Modality modality, double sampleRateHz, List<RecordingChannel> channels, float[][] samples) {
  private static final long START_MICROS = 1_750_000_000_000_000L;

  /**
   * Simulates a session.
   *
   * @param modality ECG or EMG
   * @param sampleRateHz rate to deliver: an arm's samples are held or left out to meet it
   * @param count samples a channel
   * @throws IllegalArgumentException for signals that nobody simulates
   */
  static SimulatedSignal of(Modality modality, double sampleRateHz, int count, long seed) {
    return switch (modality) {
      case ECG ->
          read(
              new EcgSimulator(
                  EcgSimulatorOptions.of(RhythmProfile.SINUS, seed).withSampleRate(sampleRateHz)),
              sampleRateHz,
              count);
      case EMG -> read(new EmgSimulator(EmgSimulatorOptions.of(seed)), sampleRateHz, count);
      case EEG ->
          throw new IllegalArgumentException(
              "the model reads EEG, which nobody simulates; expected a model for ECG or EMG");
    };
  }

  private static SimulatedSignal read(Recording recording, double rate, int count) {
    double step = recording.sampleRateHz() / rate;
    int sourceCount = (int) Math.ceil(count * step) + 1;
    float[][] source = new float[recording.channels().size()][sourceCount];
    try (recording) {
      recording.read(source, 0, sourceCount);
    } catch (IOException e) {
      throw new IllegalStateException("a simulation reads no file", e);
    }
    float[][] samples = new float[source.length][count];
    for (int channel = 0; channel < source.length; channel++) {
      for (int i = 0; i < count; i++) {
        samples[channel][i] = source[channel][(int) (i * step)];
      }
    }
    return new SimulatedSignal(recording.modality(), rate, recording.channels(), samples);
  }

  /** Samples a channel. */
  int length() {
    return samples[0].length;
  }

  List<String> channelNames() {
    return channels.stream().map(RecordingChannel::name).toList();
  }

  String unit() {
    return channels.get(0).unit();
  }

  /** Physical units a digital step, one a channel; 16 bits over the signal's range without one. */
  double[] gains() {
    return IntStream.range(0, channels.size())
        .mapToDouble(
            channel ->
                channels
                    .get(channel)
                    .scale()
                    .map(DigitalScale::gain)
                    .orElseGet(() -> largest(samples[channel]) / Short.MAX_VALUE))
        .toArray();
  }

  /** Physical value of digital 0, one a channel. */
  double[] offsets() {
    return channels.stream()
        .mapToDouble(channel -> channel.scale().map(DigitalScale::offset).orElse(0.0))
        .toArray();
  }

  /**
   * A part of it as a frame with 16-bit samples, protobuf bytes.
   *
   * @param from its first sample, which its device took that long after it was switched on
   * @param count samples a channel
   * @param last whether the session ends with it
   */
  byte[] frame(String stream, String session, int from, int count, boolean last) {
    float[][] part = new float[samples.length][];
    for (int channel = 0; channel < part.length; channel++) {
      part[channel] = Arrays.copyOfRange(samples[channel], from, from + count);
    }
    SignalFrame frame =
        new SignalFrame(
            stream,
            session,
            modality,
            from,
            START_MICROS + Math.round(from * 1e6 / sampleRateHz),
            0,
            sampleRateHz,
            channelNames(),
            unit(),
            part,
            new BitSet(),
            last);
    return SignalFrameCodec.encodeInt16(frame, gains(), offsets());
  }

  private static double largest(float[] samples) {
    double largest = Float.MIN_NORMAL;
    for (float sample : samples) {
      largest = Math.max(largest, Math.abs(sample));
    }
    return largest;
  }
}
