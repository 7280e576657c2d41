package io.physiowave.training.dataset;

import io.physiowave.core.card.Windowing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a stored window is made up.
 *
 * @param signalRows rows of signal, at least 1
 * @param contextValues rhythm values that the last row carries as equal constant segments over the
 *     window proper; 0 when there is no such row
 * @param windowSamples samples that the model sees, at least 1
 * @param marginSamples further samples stored on either side, 0 or more
 * @param contextChannels for each context value the signal row that it was measured on, or {@link
 *     #NO_CHANNEL}; such values are 0 when the channel is missing
 */
public record WindowLayout(
    int signalRows,
    int contextValues,
    int windowSamples,
    int marginSamples,
    List<Integer> contextChannels) {

  /** Stands for a context value that belongs to no channel. */
  public static final int NO_CHANNEL = -1;

  private static final Pattern OF_CHANNEL = Pattern.compile(".*-(\\d+)");

  public WindowLayout {
    contextChannels = List.copyOf(contextChannels);
    if (contextChannels.size() != contextValues) {
      throw new IllegalArgumentException(
          contextChannels.size() + " context channels; expected " + contextValues);
    }
    if (signalRows < 1 || contextValues < 0 || windowSamples < 1 || marginSamples < 0) {
      throw new IllegalArgumentException(
          "windows of "
              + signalRows
              + " signal rows, "
              + contextValues
              + " context values, "
              + windowSamples
              + " samples and a margin of "
              + marginSamples
              + "; expected at least 1, 0, 1 and 0");
    }
  }

  /** A layout whose context values belong to no channel. */
  public WindowLayout(int signalRows, int contextValues, int windowSamples, int marginSamples) {
    this(
        signalRows,
        contextValues,
        windowSamples,
        marginSamples,
        Collections.nCopies(Math.max(0, contextValues), NO_CHANNEL));
  }

  /**
   * The layout of prepared data. A rhythm feature whose name ends in a number, such as {@code
   * qrs-width-2}, belongs to that channel.
   */
  public static WindowLayout of(DatasetDescription description) {
    return new WindowLayout(
        description.channels().size(),
        description.contextValues(),
        description.windowing().windowSamples(),
        description.marginSamples(),
        contextChannels(description));
  }

  private static List<Integer> contextChannels(DatasetDescription description) {
    List<Integer> channels = new ArrayList<>();
    if (description.windowing() instanceof Windowing.BeatCentred beat) {
      for (String feature : beat.context()) {
        Matcher matcher = OF_CHANNEL.matcher(feature);
        int channel = matcher.matches() ? Integer.parseInt(matcher.group(1)) - 1 : NO_CHANNEL;
        channels.add(channel < description.channels().size() ? channel : NO_CHANNEL);
      }
    }
    return channels;
  }

  /** Rows of a window: the signal, and a context row when there are context values. */
  public int inputRows() {
    return signalRows + (contextValues > 0 ? 1 : 0);
  }

  /** Samples of a stored row. */
  public int storedSamples() {
    return windowSamples + 2 * marginSamples;
  }

  /** Values of a stored window. */
  public int storedLength() {
    return inputRows() * storedSamples();
  }

  /** Values of a window as the model sees it. */
  public int inputLength() {
    return inputRows() * windowSamples;
  }

  /**
   * Refuses windows of another shape.
   *
   * @throws InvalidDatasetException naming the first file
   */
  public void requireFit(WindowSet windows) throws InvalidDatasetException {
    if (windows.rows() != inputRows() || windows.samples() != storedSamples()) {
      throw new InvalidDatasetException(
          windows.paths().get(0)
              + ": windows are "
              + windows.rows()
              + " x "
              + windows.samples()
              + "; expected "
              + inputRows()
              + " rows ("
              + signalRows
              + " channels"
              + (contextValues > 0 ? " and the context row" : "")
              + ") x "
              + storedSamples()
              + " samples"
              + (marginSamples > 0 ? " (margins of " + marginSamples + " included)" : ""));
    }
  }
}
