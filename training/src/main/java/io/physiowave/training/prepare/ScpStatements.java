package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.MalformedRecordingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which superclass each diagnostic statement of PTB-XL belongs to: {@code scp_statements.csv}.
 *
 * @param superclasses by SCP-ECG code
 */
record ScpStatements(Map<String, PtbxlSuperclass> superclasses) {
  /** Statements that are less likely than this, in percent, do not count. */
  static final double LEAST_LIKELIHOOD = 80;

  // A Python dictionary of numbers: {'NORM': 100.0, 'SR': 0.0}.
  private static final Pattern ENTRY =
      Pattern.compile("\\s*(['\"])([^'\"]+)\\1\\s*:\\s*([-+.\\deE]+)\\s*(,|$)");

  ScpStatements {
    superclasses = Map.copyOf(superclasses);
  }

  /**
   * Reads the table: its first column is the code, {@code diagnostic} is 1 for diagnostic
   * statements, {@code diagnostic_class} the superclass.
   */
  static ScpStatements read(Path file) throws IOException {
    Map<String, PtbxlSuperclass> superclasses = new HashMap<>();
    try (CsvTable table = CsvTable.open(file, "", "diagnostic", "diagnostic_class")) {
      for (CsvTable.Row row : table) {
        boolean diagnostic = !row.text("diagnostic").isEmpty() && row.number("diagnostic") == 1;
        Optional<PtbxlSuperclass> superclass = PtbxlSuperclass.of(row.text("diagnostic_class"));
        if (diagnostic && superclass.isPresent()) {
          superclasses.put(row.required(""), superclass.get());
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (superclasses.isEmpty()) {
      throw new MalformedRecordingException(
          file + ": has no diagnostic statement of a class " + PtbxlSuperclass.labels());
    }
    return new ScpStatements(superclasses);
  }

  /**
   * The superclass of a record.
   *
   * @param row of {@code ptbxl_database.csv}
   * @return of all statements at least {@value #LEAST_LIKELIHOOD} % likely the superclass of
   *     highest priority; empty when there is none
   */
  Optional<PtbxlSuperclass> of(CsvTable.Row row) throws MalformedRecordingException {
    String codes = row.required("scp_codes");
    if (!codes.startsWith("{") || !codes.endsWith("}")) {
      throw row.wrong("scp_codes", "a form such as {'NORM': 100.0}");
    }
    String entries = codes.substring(1, codes.length() - 1).strip();
    Optional<PtbxlSuperclass> found = Optional.empty();
    Matcher entry = ENTRY.matcher(entries);
    int end = 0;
    while (end < entries.length()) {
      if (!entry.find(end) || entry.start() != end) {
        throw row.wrong("scp_codes", "a form such as {'NORM': 100.0}");
      }
      end = entry.end();
      PtbxlSuperclass superclass = superclasses.get(entry.group(2));
      if (superclass != null
          && likelihood(entry.group(3), row) >= LEAST_LIKELIHOOD
          && found.map(other -> superclass.compareTo(other) > 0).orElse(true)) {
        found = Optional.of(superclass);
      }
    }
    return found;
  }

  private static double likelihood(String text, CsvTable.Row row)
      throws MalformedRecordingException {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw row.wrong("scp_codes", "a form such as {'NORM': 100.0}");
    }
  }
}
