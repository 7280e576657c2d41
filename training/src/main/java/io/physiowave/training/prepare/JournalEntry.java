package io.physiowave.training.prepare;

import java.util.List;
import java.util.Map;

/**
 * What one item added to a data set.
 *
 * @param item its name
 * @param parts what it added to each part
 * @param sources hash of each file read for it, by name
 * @param damage why the item was left out; null when it was not
 */
record JournalEntry(
    String item, Map<String, Added> parts, Map<String, String> sources, String damage) {

  JournalEntry {
    parts = parts == null ? Map.of() : Map.copyOf(parts);
    sources = sources == null ? Map.of() : Map.copyOf(sources);
  }

  /**
   * What was added to one part.
   *
   * @param windows windows
   * @param columns labels of each window as the file's writer counts them
   * @param perLabel windows of each label
   * @param groups groups that the part did not have before
   */
  record Added(int windows, int columns, List<Long> perLabel, List<String> groups) {
    Added {
      perLabel = List.copyOf(perLabel);
      groups = List.copyOf(groups);
    }
  }
}
