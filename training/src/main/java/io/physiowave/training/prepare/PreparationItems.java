package io.physiowave.training.prepare;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/**
 * The pieces of an input in order, walked once; closed with what they are read from.
 *
 * @param count how many there are
 * @param walk gives one after the other; a failure comes as {@code UncheckedIOException}
 * @param input closed at the end
 */
record PreparationItems(long count, Iterator<PreparationItem> walk, Closeable input)
    implements Closeable {

  /** Items that need nothing to be open. */
  static PreparationItems of(List<PreparationItem> items) {
    return of(items, () -> {});
  }

  /** Items that are read from something open. */
  static PreparationItems of(List<PreparationItem> items, Closeable input) {
    return new PreparationItems(items.size(), items.iterator(), input);
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
