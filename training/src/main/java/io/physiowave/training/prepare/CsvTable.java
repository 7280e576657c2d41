package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.RecordingNotFoundException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Supplier;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table with a header line, read row by row:
 *
 * <pre>{@code
 * try (CsvTable table = CsvTable.open(file, "path")) {
 *   for (CsvTable.Row row : table) {
 *     row.text("path");
 *   }
 * }
 * }</pre>
 */
final class CsvTable implements Closeable, Iterable<CsvTable.Row> {
  private static final int BYTE_ORDER_MARK = 0xFEFF;
  private static final String NOT_TEXT = "is no UTF-8 text; expected a table in UTF-8";

  private final Path file;
  private final CSVParser parser;

  private CsvTable(Path file, CSVParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * Opens a table.
   *
   * @param columns names of columns that it must have
   * @throws IOException if it is missing or lacks a column
   */
  static CsvTable open(Path file, String... columns) throws IOException {
    BufferedReader reader;
    try {
      reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new RecordingNotFoundException(file + ": no such file");
    }
    try {
      skipByteOrderMark(reader);
      CSVFormat format =
          CSVFormat.DEFAULT
              .builder()
              .setHeader()
              .setSkipHeaderRecord(true)
              .setAllowMissingColumnNames(true)
              .get();
      CSVParser parser = CSVParser.builder().setReader(reader).setFormat(format).get();
      for (String column : columns) {
        if (!parser.getHeaderMap().containsKey(column)) {
          throw new MalformedRecordingException(
              file
                  + ": has no column '"
                  + column
                  + "'; its columns, separated by commas, are "
                  + parser.getHeaderNames());
        }
      }
      return new CsvTable(file, parser);
    } catch (CharacterCodingException e) {
      reader.close();
      throw new MalformedRecordingException(file + ": " + NOT_TEXT, e);
    } catch (IllegalArgumentException e) {
      reader.close();
      throw new MalformedRecordingException(file + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private static void skipByteOrderMark(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
  }

  /** The rows that were not read yet; damage comes as {@code UncheckedIOException}. */
  @Override
  public Iterator<Row> iterator() {
    Iterator<CSVRecord> records = parser.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return guarded(records::hasNext);
      }

      @Override
      public Row next() {
        return new Row(file, guarded(records::next), parser.getCurrentLineNumber());
      }
    };
  }

  private <T> T guarded(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (UncheckedIOException | IllegalStateException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      // What Java says of bytes that are no text is 'Input length = 1'.
      String reason = cause instanceof CharacterCodingException ? NOT_TEXT : cause.getMessage();
      throw new UncheckedIOException(
          new MalformedRecordingException(
              file + " line " + parser.getCurrentLineNumber() + ": " + reason, e));
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  /** One row; its fields are named in errors. */
  static final class Row {
    private final Path file;
    private final CSVRecord record;
    private final long line;

    private Row(Path file, CSVRecord record, long line) {
      this.file = file;
      this.record = record;
      this.line = line;
    }

    /** A field; empty when the row has none there. */
    String text(String column) {
      return record.isSet(column) ? record.get(column).strip() : "";
    }

    /** A field that must not be empty. */
    String required(String column) throws MalformedRecordingException {
      String text = text(column);
      if (text.isEmpty()) {
        throw wrong(column, "some text");
      }
      return text;
    }

    /** A path below a directory: neither absolute nor leading out of it. */
    String pathWithin(String column) throws MalformedRecordingException {
      String text = required(column);
      try {
        Path path = Path.of(text);
        if (path.isAbsolute() || path.normalize().startsWith("..")) {
          throw wrong(column, "a path below the directory of the data set");
        }
      } catch (InvalidPathException e) {
        throw wrong(column, "a path");
      }
      return text;
    }

    /** A number; whole numbers may be written with a fraction of 0. */
    double number(String column) throws MalformedRecordingException {
      try {
        double value = Double.parseDouble(text(column));
        if (Double.isFinite(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw wrong(column, "a number");
      }
      throw wrong(column, "a finite number");
    }

    /** What to say when a field is not as it must be. */
    MalformedRecordingException wrong(String column, String expected) {
      return new MalformedRecordingException(
          file
              + " line "
              + line
              + ": "
              + column
              + " is '"
              + text(column)
              + "'; expected "
              + expected);
    }
  }
}
