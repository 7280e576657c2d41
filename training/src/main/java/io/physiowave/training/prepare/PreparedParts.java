package io.physiowave.training.prepare;

import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.dataset.FileHash;
import io.physiowave.training.dataset.WindowFileWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The HDF5 files of a data set that is being prepared: one per part, with the windows of each label
 * and the records or subjects counted. Windows are added item by item; an item is kept as a whole
 * or not at all.
 */
final class PreparedParts implements AutoCloseable {
  private final Path folder;
  private final int rows;
  private final int samples;
  private final List<String> labels;
  private final Map<String, PreparedPart> parts = new LinkedHashMap<>();

  /**
   * Nothing is written yet.
   *
   * @param folder of the files
   * @param rows rows of a window
   * @param samples samples of a row
   * @param labels names of the labels
   */
  PreparedParts(Path folder, int rows, int samples, List<String> labels) {
    this.folder = folder;
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
    PreparedPart open = open(part);
    open.writer().append(window, label, open.numbered(group));
    open.count(label);
  }

  /** Adds a window for which several labels may hold, 1 or 0 each. */
  void append(String part, String group, float[] window, int[] present) throws IOException {
    PreparedPart open = open(part);
    open.writer().append(window, present, open.numbered(group));
    for (int label = 0; label < present.length; label++) {
      if (present[label] == 1) {
        open.count(label);
      }
    }
  }

  /** Adds a window without labels. */
  void append(String part, String group, float[] window) throws IOException {
    PreparedPart open = open(part);
    open.writer().append(window, open.numbered(group));
  }

  private PreparedPart open(String part) throws IOException {
    PreparedPart open = part(part);
    if (!open.isWritten()) {
      open.write(WindowFileWriter.create(file(part), rows, samples));
    }
    return open;
  }

  private PreparedPart part(String name) {
    return parts.computeIfAbsent(name, key -> new PreparedPart(labels.size()));
  }

  private Path file(String part) {
    return folder.resolve(part + ".h5");
  }

  /** What was added since the last call, which from now on is kept. */
  Map<String, JournalEntry.Added> added() {
    Map<String, JournalEntry.Added> added = new LinkedHashMap<>();
    parts.forEach((name, part) -> part.added().ifPresent(more -> added.put(name, more)));
    return added;
  }

  /** Takes back what was added since the last call of {@link #added}. */
  void rollBack() throws IOException {
    for (PreparedPart part : parts.values()) {
      part.rollBack();
    }
  }

  /** Counts what a former run added. */
  void restore(Map<String, JournalEntry.Added> added) {
    added.forEach((name, more) -> part(name).restore(more));
  }

  /**
   * Goes on with the files of a former run after its entries were restored.
   *
   * @param complete whether that run had done everything but giving the files their names
   * @throws IOException if a file is shorter than the journal says
   */
  void resume(boolean complete) throws IOException {
    for (Map.Entry<String, PreparedPart> entry : parts.entrySet()) {
      PreparedPart part = entry.getValue();
      Path file = file(entry.getKey());
      // Then it may have named some of them already.
      boolean named = complete && !WindowFileWriter.isUnfinished(file) && Files.exists(file);
      if (!named) {
        part.write(WindowFileWriter.resume(file, rows, samples, part.windows(), part.columns()));
      }
    }
  }

  /** Makes what was added outlive the process. */
  void sync() throws IOException {
    for (PreparedPart part : parts.values()) {
      if (part.isWritten()) {
        part.writer().sync();
      }
    }
  }

  /** Windows of all parts. */
  long windows() {
    return parts.values().stream().mapToLong(PreparedPart::windows).sum();
  }

  /** Windows of each label in a part, for the user. */
  String summary(String part) {
    return part + ": " + parts.get(part).summary(labels);
  }

  /** Names of the parts in order. */
  List<String> names() {
    return List.copyOf(parts.keySet());
  }

  /** Completes the files. */
  Map<String, DatasetDescription.Part> finish() throws IOException {
    Map<String, DatasetDescription.Part> finished = new LinkedHashMap<>();
    for (Map.Entry<String, PreparedPart> entry : parts.entrySet()) {
      PreparedPart part = entry.getValue();
      Path file = file(entry.getKey());
      if (part.isWritten()) {
        part.writer().finish();
      } else {
        WindowFileWriter.discard(file);
      }
      finished.put(
          entry.getKey(),
          new DatasetDescription.Part(
              file.getFileName().toString(),
              FileHash.sha256(file),
              part.windows(),
              part.perLabel(labels),
              part.groups()));
    }
    return finished;
  }

  @Override
  public void close() throws IOException {
    for (PreparedPart part : parts.values()) {
      if (part.isWritten()) {
        part.writer().close();
      }
    }
  }
}
