package io.physiowave.benchmarks.chaos;

import io.physiowave.connectors.replay.FrameSink;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.label.LabelIdentity;
import io.physiowave.core.label.ModelReference;
import io.physiowave.core.window.CutWindow;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.core.window.StreamWindower;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.PlanFit;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.model.WindowPlans;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes down every frame that is sent, and works out which labels must follow: it cuts the same
 * windows as the job, with the same code and without the job. Safe for use by several threads.
 *
 * <p>Which of several versions of a model answers a window is the job's to choose, so each window
 * has one possible identity for each; all of its labels count as that one window's.
 */
final class Ledger implements FrameSink {
  private final FrameSink sink;
  private final WindowPlans plans;
  private final Map<String, List<ModelReference>> versions = new HashMap<>();
  private final Map<String, StreamWindower> windowers = new HashMap<>();
  private final Map<String, String> windowsByLabel = new HashMap<>();
  private final Set<String> windows = new HashSet<>();
  private long frames;

  /**
   * A ledger of what goes into a sink, which is closed with it.
   *
   * @param models what serves at first
   * @param later versions that may serve later, with the same windows
   */
  Ledger(FrameSink sink, ModelCatalogue models, List<ServedModel> later) {
    this.sink = sink;
    this.plans = new WindowPlans(models);
    for (ServedModel model : models.models()) {
      versions.put(
          model.card().name(),
          Stream.concat(
                  Stream.of(model),
                  later.stream().filter(other -> other.card().name().equals(model.card().name())))
              .map(ServedModel::reference)
              .toList());
    }
  }

  /** The sink throws when a frame cannot be delivered, so what is written down arrives. */
  @Override
  public void accept(SignalFrame frame) throws InterruptedException {
    sink.accept(frame);
    write(frame);
  }

  private synchronized void write(SignalFrame frame) {
    frames++;
    PlanFit fit = plans.fit(frame);
    String session = frame.streamId() + "/" + frame.sessionId();
    StreamWindower windower =
        windowers.computeIfAbsent(
            session, key -> new StreamWindower(fit.plan().orElseThrow(), frame.firstSampleIndex()));
    windower.append(
        frame.samples(),
        0,
        frame.sampleCount(),
        frame.leadOff(),
        window -> expect(frame, fit, window));
    if (frame.endOfSession()) {
      windower.finish(window -> expect(frame, fit, window));
      windowers.remove(session);
    }
  }

  private void expect(SignalFrame frame, PlanFit fit, CutWindow cut) {
    boolean beat = cut.beatSample() != SignalWindow.NO_BEAT;
    long position = beat ? cut.beatSample() : cut.startSample();
    String window = frame.streamId() + "/" + frame.sessionId() + "/" + position;
    windows.add(window);
    for (ModelReference model : versions.get(fit.model().orElseThrow().card().name())) {
      windowsByLabel.put(
          LabelIdentity.of(frame.streamId(), frame.sessionId(), position, model), window);
    }
  }

  /** Frames sent. */
  synchronized long frames() {
    return frames;
  }

  /** Windows that must be labelled, so far. */
  synchronized int expected() {
    return windows.size();
  }

  /** What must be labelled, to hold labels against. */
  synchronized Expectation expectation() {
    return new Expectation(Set.copyOf(windows), Map.copyOf(windowsByLabel));
  }

  @Override
  public void flush() {
    sink.flush();
  }

  @Override
  public void close() {
    sink.close();
  }
}
