package io.physiowave.training.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Windows of several signals of the same time spans: window N of each file of one signal belongs to
 * window N of each file of the others. The values of one window are those of its signals one after
 * the other.
 */
public final class SignalBatches implements BatchSource {
  private final List<BatchAssembler> signals;

  /**
   * Joins signals.
   *
   * @param signals by name, in the order of the values; at least one
   * @throws InvalidDatasetException when they have not as many windows, or other labels
   */
  public SignalBatches(Map<String, BatchAssembler> signals) throws InvalidDatasetException {
    this.signals = List.copyOf(new LinkedHashMap<>(signals).values());
    BatchAssembler first = this.signals.get(0);
    for (BatchAssembler signal : this.signals) {
      if (signal.size() != first.size()) {
        throw new InvalidDatasetException(
            signal.where(0)
                + ": the signal has "
                + signal.size()
                + " windows; expected "
                + first.size()
                + " as in "
                + first.where(0));
      }
      requireSameLabels(first, signal);
    }
  }

  private static void requireSameLabels(BatchAssembler first, BatchAssembler signal)
      throws InvalidDatasetException {
    WindowLabels expected = first.labels();
    WindowLabels labels = signal.labels();
    int width = Math.max(expected.columns(), 1);
    for (int i = 0; i < expected.values().length; i++) {
      if (labels.columns() != expected.columns() || labels.values()[i] != expected.values()[i]) {
        throw new InvalidDatasetException(
            signal.where(i / width)
                + ": its label is not that of "
                + first.where(i / width)
                + "; expected windows of the same time spans in the same order");
      }
    }
  }

  @Override
  public int size() {
    return signals.get(0).size();
  }

  @Override
  public WindowLabels labels() {
    return signals.get(0).labels();
  }

  @Override
  public Optional<int[]> groups() {
    return signals.get(0).groups();
  }

  @Override
  public String where(int window) {
    return signals.get(0).where(window);
  }

  @Override
  public WindowBatch batch(int[] order, int epoch, int number, int batchSize) throws IOException {
    List<WindowBatch> parts = new ArrayList<>();
    int values = 0;
    for (BatchAssembler signal : signals) {
      parts.add(signal.batch(order, epoch, number, batchSize));
      values += signal.layout().inputLength();
    }
    WindowBatch first = parts.get(0);
    float[] joined = new float[first.size() * values];
    int at = 0;
    for (int window = 0; window < first.size(); window++) {
      for (int signal = 0; signal < parts.size(); signal++) {
        int length = signals.get(signal).layout().inputLength();
        System.arraycopy(parts.get(signal).windows(), window * length, joined, at, length);
        at += length;
      }
    }
    return new WindowBatch(number, first.size(), joined, first.targets(), first.indices());
  }
}
