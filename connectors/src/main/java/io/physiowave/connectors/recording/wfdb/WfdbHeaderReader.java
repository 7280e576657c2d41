package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.RecordingException;
import io.physiowave.connectors.recording.RecordingNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads header files. */
public final class WfdbHeaderReader {
  // Not \R, for which a byte 0x85 ends a line: an ellipsis in a comment of Windows.
  private static final Pattern LINE_END = Pattern.compile("\r?\n|\r");

  private WfdbHeaderReader() {}

  /**
   * Reads a {@code .hea} file.
   *
   * @throws RecordingException when it is missing, malformed or of a kind that is not read
   */
  public static WfdbHeader read(Path file) throws IOException {
    String text;
    try {
      text = decoded(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new RecordingNotFoundException(file + ": no such file");
    }
    return parse(text, file.getFileName().toString());
  }

  /** UTF-8 where it is that; comments come in other encodings, too, of which none is refused. */
  private static String decoded(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * Parses the text of a header.
   *
   * @param text the file's content
   * @param file its name, for error messages
   */
  static WfdbHeader parse(String text, String file) throws RecordingException {
    RecordLine record = null;
    List<WfdbSignal> signals = new ArrayList<>();
    List<WfdbSegment> segments = new ArrayList<>();
    List<String> comments = new ArrayList<>();
    int number = 0;
    for (String raw : LINE_END.split(text, -1)) {
      number++;
      String line = raw.strip();
      HeaderFields fields = new HeaderFields(file, number);
      if (line.startsWith("#")) {
        if (record != null) {
          comments.add(line.substring(1).strip());
        }
      } else if (!line.isEmpty()) {
        if (record == null) {
          record = RecordLine.parse(line, fields);
        } else if (segments.size() < record.segmentCount()) {
          segments.add(WfdbSegment.parse(line, fields));
        } else if (record.segmentCount() == 0 && signals.size() < record.signalCount()) {
          signals.add(SignalLine.parse(line, fields));
        } else if (!signals.isEmpty()
            && line.split("\\s+", 2)[0].equals(signals.get(signals.size() - 1).fileName())) {
          // Further lines do not count: header(5). But this one's samples lie among the others'.
          throw fields.error(
              "'"
                  + line
                  + "' is one signal line too many for its file; the record line announces "
                  + record.signalCount());
        }
      }
    }
    if (record == null) {
      throw new MalformedRecordingException(
          file + ": the header is empty; expected a record line such as '208 2 360 650000'");
    }
    if (signals.size() + segments.size() < lines(record)) {
      throw new MalformedRecordingException(
          file
              + ": holds "
              + (signals.size() + segments.size())
              + " "
              + kind(record)
              + " lines; the record line announces "
              + lines(record));
    }
    return new WfdbHeader(
        record.name(),
        record.frameRateHz(),
        record.counterFrequencyHz(),
        record.baseCounter(),
        record.frameCount(),
        record.baseTime(),
        record.baseDate(),
        signals,
        segments,
        comments);
  }

  private static int lines(RecordLine record) {
    return record.segmentCount() > 0 ? record.segmentCount() : record.signalCount();
  }

  private static String kind(RecordLine record) {
    return record.segmentCount() > 0 ? "segment" : "signal";
  }
}
