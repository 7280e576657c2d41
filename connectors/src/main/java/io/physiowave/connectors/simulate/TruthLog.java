package io.physiowave.connectors.simulate;

import io.physiowave.connectors.recording.RecordingAnnotation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a simulation knows to be true, in the order of the samples. Written by the simulating
 * thread, readable by others; the oldest statements give way so that an endless simulation stays
 * bounded.
 */
final class TruthLog {
  /** About a day of heart beats. */
  static final int CAPACITY = 100_000;

  private final Deque<RecordingAnnotation> latest = new ArrayDeque<>();
  private final Consumer<RecordingAnnotation> listener;

  TruthLog(Consumer<RecordingAnnotation> listener) {
    this.listener = listener;
  }

  void add(RecordingAnnotation truth) {
    synchronized (latest) {
      if (latest.size() == CAPACITY) {
        latest.removeFirst();
      }
      latest.addLast(truth);
    }
    listener.accept(truth);
  }

  List<RecordingAnnotation> snapshot() {
    synchronized (latest) {
      return new ArrayList<>(latest);
    }
  }
}
