package io.physiowave.training.prepare;

import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.frame.Modality;
import java.util.List;
import java.util.Map;

/**
 * What a preparation knows of its data set before it cuts the first window.
 *
 * @param name short name, e.g. {@code mitdb}
 * @param task as in a data set description
 * @param modality kind of signal
 * @param labels class names in order; none for pretraining
 * @param labelNames what people call each label, by label; empty when labels speak for themselves
 * @param channels signal rows of a window in order
 * @param unit of the windows: V, mV or uV
 * @param windowing how windows are cut
 * @param source name and version as the publisher gives them
 * @param licence of the recordings
 * @param split how the parts are divided, for a person to read
 * @param seed of whatever is drawn
 * @param itemName what one piece of the input is called, in the plural, e.g. {@code records}
 * @param expectation what recordings must be like to give a window, for the message when none does
 */
record DatasetFacts(
    String name,
    String task,
    Modality modality,
    List<String> labels,
    Map<String, String> labelNames,
    List<ModelChannel> channels,
    String unit,
    Windowing windowing,
    String source,
    String licence,
    String split,
    long seed,
    String itemName,
    String expectation) {

  DatasetFacts {
    labels = List.copyOf(labels);
    channels = List.copyOf(channels);
  }

  /** A data set whose labels speak for themselves. */
  DatasetFacts(
      String name,
      String task,
      Modality modality,
      List<String> labels,
      List<ModelChannel> channels,
      String unit,
      Windowing windowing,
      String source,
      String licence,
      String split,
      long seed,
      String itemName,
      String expectation) {
    this(
        name,
        task,
        modality,
        labels,
        Map.of(),
        channels,
        unit,
        windowing,
        source,
        licence,
        split,
        seed,
        itemName,
        expectation);
  }

  /** Rows of a window: the channels, and a context row where there is one. */
  int rows() {
    boolean context = windowing instanceof Windowing.BeatCentred beat && !beat.context().isEmpty();
    return channels.size() + (context ? 1 : 0);
  }
}
