package io.physiowave.training.prepare;

import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.dataset.FileHash;
import io.physiowave.training.dataset.WindowFileWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The HDF5 files of a data set that is being prepared: one per part, with the windows of each label
 * and the records or subjects counted.
 */
final class PreparedParts implements AutoCloseable {
  private final Path folder;
  private final int rows;
  private final int samples;
  private final List<String> labels;
  private final Map<String, OpenPart> parts = new LinkedHashMap<>();

  /** One file under way. */
  private static final class OpenPart {
    private final WindowFileWriter writer;
    private final long[] counts;
    private final List<String> groups = new ArrayList<>();

    OpenPart(WindowFileWriter writer, int labels) {
      this.writer = writer;
      counts = new long[labels];
    }
  }

  PreparedParts(Path folder, int rows, int samples, List<String> labels) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.rows = rows;
    this.samples = samples;
    this.labels = labels;
  }

  /**
   * Adds a window.
   *
   * @param part {@code train}, {@code val} or {@code test}
   * @param group record or subject that it comes from
   */
  void append(String part, String group, float[] window, int label) throws IOException {
    OpenPart open = open(part);
    open.writer.append(window, label, numbered(open, group));
    open.counts[label]++;
  }

  /** Adds a window for which several labels may hold, 1 or 0 each. */
  void append(String part, String group, float[] window, int[] present) throws IOException {
    OpenPart open = open(part);
    open.writer.append(window, present, numbered(open, group));
    for (int label = 0; label < present.length; label++) {
      open.counts[label] += present[label];
    }
  }

  /** Adds a window without labels. */
  void append(String part, String group, float[] window) throws IOException {
    OpenPart open = open(part);
    open.writer.append(window, numbered(open, group));
  }

  private OpenPart open(String part) throws IOException {
    OpenPart open = parts.get(part);
    if (open == null) {
      Path file = folder.resolve(part + ".h5");
      open = new OpenPart(WindowFileWriter.create(file, rows, samples), labels.size());
      parts.put(part, open);
    }
    return open;
  }

  private static int numbered(OpenPart open, String group) {
    int number = open.groups.lastIndexOf(group);
    if (number < 0) {
      open.groups.add(group);
      number = open.groups.size() - 1;
    }
    return number;
  }

  /** Windows of each label in a part, for the user. */
  String summary(String part) {
    OpenPart open = parts.get(part);
    if (open == null) {
      return part + ": no windows";
    }
    List<String> counts = new ArrayList<>();
    for (int label = 0; label < labels.size(); label++) {
      counts.add(labels.get(label) + " " + open.counts[label]);
    }
    return part
        + ": "
        + open.writer.windows()
        + " windows of "
        + open.groups.size()
        + " groups"
        + (counts.isEmpty() ? "" : " (" + String.join(", ", counts) + ")");
  }

  /** Names of the parts in order. */
  List<String> names() {
    return List.copyOf(parts.keySet());
  }

  /** Completes the files. */
  Map<String, DatasetDescription.Part> finish() throws IOException {
    Map<String, DatasetDescription.Part> finished = new LinkedHashMap<>();
    for (Map.Entry<String, OpenPart> entry : parts.entrySet()) {
      OpenPart open = entry.getValue();
      open.writer.finish();
      Map<String, Long> counts = new LinkedHashMap<>();
      for (int label = 0; label < labels.size(); label++) {
        counts.put(labels.get(label), open.counts[label]);
      }
      String file = entry.getKey() + ".h5";
      finished.put(
          entry.getKey(),
          new DatasetDescription.Part(
              file,
              FileHash.sha256(folder.resolve(file)),
              open.writer.windows(),
              counts,
              open.groups));
    }
    return finished;
  }

  @Override
  public void close() throws IOException {
    for (OpenPart open : parts.values()) {
      open.writer.close();
    }
  }
}
