package io.physiowave.training.prepare;

import java.io.IOException;
import java.util.List;

/**
 * A piece of the input that is prepared at one go: a record, a recording, a user's file. What it
 * gives is kept as a whole or not at all.
 *
 * @param name unique within the data set
 * @param files tells what is read for it
 * @param cutting cuts its windows
 */
record PreparationItem(String name, Files files, Cutting cutting) {

  /** Finds the files of an item when it is its turn. */
  @FunctionalInterface
  interface Files {
    /** The files that the item is read from. */
    List<SourceFile> find() throws IOException;
  }

  /** Cuts the windows of one item. */
  @FunctionalInterface
  interface Cutting {
    /**
     * Reads the item and adds its windows.
     *
     * @throws IOException if it is damaged, or a window cannot be written
     */
    void into(PreparedParts parts) throws IOException;
  }
}
