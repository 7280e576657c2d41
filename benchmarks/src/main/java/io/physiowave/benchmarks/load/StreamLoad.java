package io.physiowave.benchmarks.load;

import io.physiowave.core.card.ModelCard;
import io.physiowave.core.label.LabelIdentity;
import io.physiowave.core.window.CutWindow;
import io.physiowave.core.window.StreamWindower;
import io.physiowave.core.window.WindowPlan;
import io.physiowave.streaming.model.ServedModel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One session of every stream, as frames with 16-bit samples. Streams share a few simulated
 * signals; each is a stream of its own all the same.
 */
public final class StreamLoad {
  private static final int SIGNALS = 4;
  private static final String SESSION = "bench";

  private final LoadShape shape;
  private final List<SimulatedSignal> signals = new ArrayList<>();
  private final List<List<CutWindow>> windows = new ArrayList<>();
  private final int frames;

  /**
   * Simulates the signals and cuts them into the windows that must come, without the job.
   *
   * @throws IllegalArgumentException when the simulated signal cannot feed the model
   */
  public StreamLoad(ModelCard card, LoadShape shape) {
    this.shape = shape;
    int samples = shape.streamSamples(card);
    frames = samples / shape.frameSamples();
    for (int i = 0; i < Math.min(SIGNALS, shape.streams()); i++) {
      SimulatedSignal signal =
          SimulatedSignal.of(card.modality(), shape.sampleRateHz(), samples, 1 + i);
      signals.add(signal);
      windows.add(cut(card, signal));
    }
  }

  private static List<CutWindow> cut(ModelCard card, SimulatedSignal signal) {
    StreamWindower windower =
        new StreamWindower(
            WindowPlan.of(card, signal.sampleRateHz(), signal.channelNames(), signal.unit()), 0);
    List<CutWindow> cut = new ArrayList<>();
    windower.append(signal.samples(), 0, signal.length(), new BitSet(), cut::add);
    windower.finish(cut::add);
    return cut;
  }

  /** How much is sent. */
  public LoadShape shape() {
    return shape;
  }

  /** Frames of each stream. */
  public int framesPerStream() {
    return frames;
  }

  /** Frames of all streams. */
  public long frames() {
    return (long) frames * shape.streams();
  }

  /** Values of all channels in one frame. */
  public int valuesPerFrame() {
    return shape.frameSamples() * signals.get(0).channels().size();
  }

  /** Windows of all streams, and so labels. */
  public long windows() {
    long count = 0;
    for (int stream = 0; stream < shape.streams(); stream++) {
      count += windows.get(stream % signals.size()).size();
    }
    return count;
  }

  /** Frames of a stream before the one that completes its first window. */
  public int framesBeforeFirstWindow() {
    long end = windows.get(0).get(0).endSample();
    return (int) ((end - 1) / shape.frameSamples());
  }

  /** Some windows as the model takes them, {@code float[inputRows * windowSamples]} each. */
  public List<float[]> inputs() {
    return windows.stream().flatMap(List::stream).map(CutWindow::input).toList();
  }

  /** Name of a stream. */
  public String streamId(int stream) {
    return "bench-%05d".formatted(stream);
  }

  /**
   * A frame as protobuf bytes.
   *
   * @param stream 0 to streams - 1
   * @param frame 0 to framesPerStream - 1; the last ends the session
   */
  public byte[] frame(int stream, int frame) {
    SimulatedSignal signal = signals.get(stream % signals.size());
    return signal.frame(
        streamId(stream),
        SESSION,
        frame * shape.frameSamples(),
        shape.frameSamples(),
        frame == frames - 1);
  }

  /** Ids of the labels that a model must give. */
  public Set<String> labelIds(ServedModel model) {
    Set<String> ids = new HashSet<>();
    for (int stream = 0; stream < shape.streams(); stream++) {
      for (CutWindow window : windows.get(stream % signals.size())) {
        long sample = window.beatSample() >= 0 ? window.beatSample() : window.startSample();
        ids.add(LabelIdentity.of(streamId(stream), SESSION, sample, model.reference()));
      }
    }
    return ids;
  }
}
