package io.physiowave.training.command;

import io.physiowave.training.dataset.AugmentationOptions;
import io.physiowave.training.dataset.BatchAssembler;
import io.physiowave.training.dataset.BatchSource;
import io.physiowave.training.dataset.InvalidDatasetException;
import io.physiowave.training.dataset.SignalBatches;
import io.physiowave.training.dataset.WindowLabelling;
import io.physiowave.training.dataset.WindowLayout;
import io.physiowave.training.dataset.WindowSet;
import io.physiowave.training.evaluate.TrainedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files opened to be answered by a trained model, of one signal or of several. */
final class SignalWindows implements AutoCloseable {
  private final List<WindowSet> opened;
  private final BatchSource source;

  private SignalWindows(List<WindowSet> opened, BatchSource source) {
    this.opened = opened;
    this.source = source;
  }

  /**
   * Opens the files of every signal that a model reads.
   *
   * @param option that gives the files, for messages
   * @param classes outputs of the model
   * @param labelling which labels the windows have
   */
  static SignalWindows open(
      SignalFiles files,
      String option,
      Map<String, TrainedModel.Input> inputs,
      int classes,
      WindowLabelling labelling)
      throws IOException {
    List<WindowSet> opened = new ArrayList<>();
    try {
      Map<String, BatchAssembler> signals = new LinkedHashMap<>();
      for (Map.Entry<String, TrainedModel.Input> input : inputs.entrySet()) {
        WindowSet windows = WindowSet.open(files.of(input.getKey(), inputs.keySet(), option));
        opened.add(windows);
        signals.put(input.getKey(), assembler(input.getValue(), windows, classes, labelling));
      }
      BatchSource source =
          signals.size() == 1 ? signals.values().iterator().next() : new SignalBatches(signals);
      return new SignalWindows(opened, source);
    } catch (IOException | RuntimeException e) {
      new SignalWindows(opened, null).close();
      throw e;
    }
  }

  /** Windows without their margin, and their labels. */
  private static BatchAssembler assembler(
      TrainedModel.Input input, WindowSet windows, int classes, WindowLabelling labelling)
      throws InvalidDatasetException {
    int samples = input.samples().orElse(windows.samples());
    int margin = (windows.samples() - samples) / 2;
    if (margin < 0 || samples + 2 * margin != windows.samples()) {
      throw new InvalidDatasetException(
          windows.paths().get(0)
              + ": windows have "
              + windows.samples()
              + " samples; the model reads "
              + samples);
    }
    // A context row is cut like a signal row, so it needs no telling apart here.
    WindowLayout layout = new WindowLayout(input.rows(), 0, samples, margin);
    return new BatchAssembler(
        windows, labelling.of(windows), classes, layout, AugmentationOptions.NONE, 0);
  }

  BatchSource source() {
    return source;
  }

  @Override
  public void close() throws IOException {
    for (WindowSet windows : opened) {
      windows.close();
    }
  }
}
