package io.physiowave.training.prepare;

import io.physiowave.training.dataset.WindowFileWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** One file under way: its windows of each label and its groups, and what the last item added. */
final class PreparedPart {
  private final long[] counts;
  private final Map<String, Integer> groups = new LinkedHashMap<>();
  private final List<String> newGroups = new ArrayList<>();
  private final long[] newCounts;
  private WindowFileWriter writer;
  private int windows;
  private int columns = WindowFileWriter.UNLABELLED;

  PreparedPart(int labels) {
    counts = new long[labels];
    newCounts = new long[labels];
  }

  boolean isWritten() {
    return writer != null;
  }

  void write(WindowFileWriter opened) {
    writer = opened;
  }

  WindowFileWriter writer() {
    return writer;
  }

  /** The number of a group; new ones get the next. */
  int numbered(String group) {
    Integer number = groups.get(group);
    if (number == null) {
      number = groups.size();
      groups.put(group, number);
      newGroups.add(group);
    }
    return number;
  }

  void count(int label) {
    newCounts[label]++;
  }

  /** What came since the last call, if anything did. */
  Optional<JournalEntry.Added> added() {
    if (writer == null || writer.windows() == windows) {
      return Optional.empty();
    }
    JournalEntry.Added added =
        new JournalEntry.Added(
            writer.windows() - windows,
            writer.labelColumns(),
            LongStream.of(newCounts).boxed().toList(),
            newGroups);
    addCounts(added);
    forgetNew();
    return Optional.of(added);
  }

  private void addCounts(JournalEntry.Added added) {
    windows += added.windows();
    columns = added.columns();
    for (int label = 0; label < counts.length; label++) {
      counts[label] += added.perLabel().get(label);
    }
  }

  private void forgetNew() {
    newGroups.clear();
    Arrays.fill(newCounts, 0);
  }

  void rollBack() throws IOException {
    if (writer != null) {
      writer.truncate(windows);
    }
    newGroups.forEach(groups::remove);
    forgetNew();
  }

  void restore(JournalEntry.Added added) {
    added.groups().forEach(group -> groups.put(group, groups.size()));
    addCounts(added);
  }

  int windows() {
    return windows;
  }

  int columns() {
    return columns;
  }

  List<String> groups() {
    return List.copyOf(groups.keySet());
  }

  Map<String, Long> perLabel(List<String> labels) {
    Map<String, Long> perLabel = new LinkedHashMap<>();
    for (int label = 0; label < labels.size(); label++) {
      perLabel.put(labels.get(label), counts[label]);
    }
    return perLabel;
  }

  String summary(List<String> labels) {
    List<String> texts =
        IntStream.range(0, counts.length)
            .mapToObj(label -> labels.get(label) + " " + counts[label])
            .toList();
    return windows
        + " windows of "
        + groups.size()
        + " groups"
        + (texts.isEmpty() ? "" : " (" + String.join(", ", texts) + ")");
  }
}
