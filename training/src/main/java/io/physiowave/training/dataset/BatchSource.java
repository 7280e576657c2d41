package io.physiowave.training.dataset;

import java.io.IOException;
import java.util.Optional;

/** Labelled windows that batches are made of; from one signal or from several of the same time. */
public interface BatchSource {

  /** Number of windows. */
  int size();

  /** Their labels. */
  WindowLabels labels();

  /** The record or subject of each window, when known. */
  Optional<int[]> groups();

  /** Where a window stands, for messages. */
  String where(int window);

  /**
   * One batch; follows from the seed, the epoch and its number alone.
   *
   * @param order the epoch's windows
   * @param epoch counted from 0
   * @param number of the batch within the epoch
   * @param batchSize windows in a full batch; the last may be smaller, and those behind it are
   *     empty
   * @throws IOException if a window cannot be read or is not finite
   */
  WindowBatch batch(int[] order, int epoch, int number, int batchSize) throws IOException;
}
