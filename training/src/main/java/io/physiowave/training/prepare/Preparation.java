package io.physiowave.training.prepare;

import java.io.IOException;
import java.util.List;

/** The rules of one data set: what it is, what it is made of and how each piece is cut. */
interface Preparation {

  /**
   * What the data set is.
   *
   * @throws IOException if the input is missing or damaged
   * @throws IllegalArgumentException if an option does not fit the input
   */
  DatasetFacts facts() throws IOException;

  /**
   * The pieces of the input, in an order that depends on nothing but the input and the options.
   *
   * @throws IOException if the input is missing or damaged
   */
  PreparationItems items() throws IOException;

  /**
   * Files that are read for all pieces, e.g. a table of labels.
   *
   * @throws IOException if they cannot be looked for
   */
  default List<SourceFile> commonFiles() throws IOException {
    return List.of();
  }
}
