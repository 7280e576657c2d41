package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import io.physiowave.connectors.recording.wfdb.WfdbFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The diagnoses of the Lobachevsky University Database: {@code ludb.csv}, whose cells hold one
 * statement a line.
 *
 * <p>No published script prepares this set with labels. Chosen here: each statement is a label as
 * it stands in the table, if so many records have it that it can be learnt, and a window has the
 * labels of its record. Records that the table lists and the directory lacks are passed over.
 *
 * @param columns columns whose statements count
 * @param leastRecords records that a statement must have to be a label
 */
public record LudbDiagnoses(List<String> columns, int leastRecords) {
  /** All columns of diagnoses, in the order of the table. */
  public static final List<String> COLUMNS =
      List.of(
          "Rhythms",
          "Electric axis of the heart",
          "Conduction abnormalities",
          "Extrasystolies",
          "Hypertrophies",
          "Cardiac pacing",
          "Ischemia",
          "Non-specific repolarization abnormalities",
          "Other states");

  private static final String TABLE = "ludb.csv";
  private static final int LEAST_LABELS = 2;

  public LudbDiagnoses {
    columns = List.copyOf(columns);
    for (String column : columns) {
      if (!COLUMNS.contains(column)) {
        throw new IllegalArgumentException(
            "columns has '" + column + "'; expected some of " + COLUMNS);
      }
    }
    if (leastRecords < 1) {
      throw new IllegalArgumentException("min_records is " + leastRecords + "; expected 1 or more");
    }
  }

  /**
   * Reads the table.
   *
   * @param input the directory of {@code ludb.csv}; the records are in its {@code data}
   * @param log takes a line for the user
   * @throws IOException if the table is missing or damaged, or leaves nothing to learn
   */
  public LabelledRecords find(Path input, Consumer<String> log) throws IOException {
    Path table = input.resolve(TABLE);
    Map<String, Set<String>> statements = new LinkedHashMap<>();
    int rows = 0;
    try (CsvTable open = CsvTable.open(table, "ID")) {
      for (CsvTable.Row row : open) {
        rows++;
        Path header = WfdbFiles.headerOf(input.resolve("data").resolve(row.pathWithin("ID")));
        if (Files.exists(header)) {
          statements.put("data/" + row.text("ID"), statements(row));
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    List<String> labels = labels(statements);
    List<LabelledRecords.Labelled> records = new ArrayList<>();
    for (Map.Entry<String, Set<String>> entry : statements.entrySet()) {
      int[] present =
          labels.stream().mapToInt(label -> entry.getValue().contains(label) ? 1 : 0).toArray();
      records.add(new LabelledRecords.Labelled(source(input, entry.getKey()), present));
    }
    log.accept(records.size() + " of the " + rows + " records of the table are there");
    if (labels.size() < LEAST_LABELS) {
      throw new IOException(
          table
              + ": "
              + labels.size()
              + " statements are of at least "
              + leastRecords
              + " of the "
              + records.size()
              + " records that are there; expected two or more");
    }
    return new LabelledRecords(
        "ludb",
        "Lobachevsky University Electrocardiography Database 1.0.1 (PhysioNet)",
        "ODC-By 1.0",
        labels,
        records,
        List.of(new SourceFile(TABLE, table)));
  }

  private Set<String> statements(CsvTable.Row row) {
    Set<String> statements = new TreeSet<>();
    for (String column : columns) {
      row.text(column)
          .lines()
          .map(String::strip)
          .filter(s -> !s.isEmpty())
          .forEach(statements::add);
    }
    return statements;
  }

  /** Statements in the alphabet's order, so that a table in another order gives the same labels. */
  private List<String> labels(Map<String, Set<String>> statements) {
    Set<String> all = new TreeSet<>();
    statements.values().forEach(all::addAll);
    return all.stream()
        .filter(
            label ->
                statements.values().stream().filter(of -> of.contains(label)).count()
                    >= leastRecords)
        .toList();
  }

  private static RecordingSource source(Path input, String name) throws IOException {
    RecordingSource source = WfdbFiles.source(input.resolve(name), RecordingOptions.DEFAULT);
    return new RecordingSource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Recording open() throws IOException {
        return source.open();
      }
    };
  }
}
