package io.physiowave.connectors.replay;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.recording.RecordingException;
import io.physiowave.core.frame.SignalFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which channels of a recording go into frames, and what brings them to one unit.
 *
 * @param names of the channels sent
 * @param sources position of each within the recording
 * @param factors from each channel's unit to the frames' unit
 * @param unit of the frames: that of the first channel sent
 */
record ChannelPlan(List<String> names, List<Integer> sources, List<Float> factors, String unit) {

  static ChannelPlan of(Recording recording, List<String> wanted) throws RecordingException {
    List<RecordingChannel> channels = recording.channels();
    List<String> all = channels.stream().map(RecordingChannel::name).toList();
    List<Integer> sources = new ArrayList<>();
    for (String name : wanted.isEmpty() ? all : wanted) {
      int source = all.indexOf(name);
      if (source < 0) {
        throw new RecordingException(
            recording.name()
                + ": has no channel '"
                + name
                + "'; expected some of "
                + String.join(", ", all));
      }
      sources.add(source);
    }
    for (int source : sources) {
      RecordingChannel channel = channels.get(source);
      if (!SignalFrame.UNITS.contains(channel.unit())) {
        throw new RecordingException(
            recording.name()
                + ": channel "
                + channel.name()
                + " is in '"
                + channel.unit()
                + "'; frames carry V, mV or uV only, so choose other channels");
      }
    }
    String unit = channels.get(sources.get(0)).unit();
    List<Float> factors =
        sources.stream()
            .map(source -> (float) SignalFrame.unitFactor(channels.get(source).unit(), unit))
            .collect(Collectors.toList());
    return new ChannelPlan(
        sources.stream().map(all::get).toList(), List.copyOf(sources), factors, unit);
  }

  /** A frame's samples out of the first {@code count} samples of every channel read. */
  float[][] pick(float[][] read, int count) {
    float[][] samples = new float[sources.size()][count];
    for (int channel = 0; channel < samples.length; channel++) {
      float[] from = read[sources.get(channel)];
      float factor = factors.get(channel);
      for (int i = 0; i < count; i++) {
        samples[channel][i] = from[i] * factor;
      }
    }
    return samples;
  }
}
