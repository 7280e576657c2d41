package io.physiowave.core.window;

import io.physiowave.core.card.ChannelMapping;
import io.physiowave.core.dsp.QrsDetector;
import io.physiowave.core.dsp.QrsDetector.BeatListener;
import io.physiowave.core.frame.SignalFrame;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/** Beats found in the first one or two channels that feed the model. */
final class DetectedBeats implements BeatSource {
  private static final int MOST_LEADS = 2;

  private final double sampleRateHz;
  private final float millivolts;
  private final int[] channels;
  private final float[][] leads;
  private QrsDetector detector;

  DetectedBeats(WindowPlan plan, long firstSample, int largestChunk) {
    sampleRateHz = plan.streamRateHz();
    millivolts = (float) SignalFrame.unitFactor(plan.streamUnit(), "mV");
    ChannelMapping mapping = ChannelMapping.of(plan.channels(), plan.streamChannels());
    int[] sources = new int[mapping.rows()];
    int fed = 0;
    for (int row = 0; row < sources.length; row++) {
      if (mapping.source(row) != ChannelMapping.NONE) {
        sources[fed++] = mapping.source(row);
      }
    }
    channels = Arrays.copyOf(sources, Math.min(MOST_LEADS, fed));
    leads = new float[channels.length][largestChunk];
    detector = new QrsDetector(sampleRateHz, channels.length, firstSample);
  }

  @Override
  public void append(float[][] samples, int from, int to, BitSet leadOff, BeatListener listener) {
    for (int lead = 0; lead < channels.length; lead++) {
      if (leadOff.get(channels[lead])) {
        Arrays.fill(leads[lead], 0, to - from, Float.NaN);
      } else {
        float[] channel = samples[channels[lead]];
        for (int i = from; i < to; i++) {
          leads[lead][i - from] = channel[i] * millivolts;
        }
      }
    }
    detector.process(leads, 0, to - from, listener);
  }

  @Override
  public void appendLost(int count, BeatListener listener) {
    for (float[] lead : leads) {
      Arrays.fill(lead, 0, count, Float.NaN);
    }
    detector.process(leads, 0, count, listener);
  }

  @Override
  public void finish(BeatListener listener) {
    detector.finish(listener);
  }

  @Override
  public void restart(long sample) {
    detector.restart(sample);
  }

  @Override
  public void copyFrom(BeatSource other) {
    detector.copyFrom(((DetectedBeats) other).detector);
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    detector.writeTo(out);
  }

  @Override
  public void restore(DataInput in) throws IOException {
    detector = QrsDetector.readFrom(sampleRateHz, channels.length, in);
  }
}
