package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.RecordingException;
import io.physiowave.connectors.recording.RecordingNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Reads annotation files in the MIT format: 16-bit words with a type in the upper six bits and the
 * distance to the previous annotation in the lower ten; see annot(5) of the WFDB manual. Files in
 * the AHA format are told from these by how they begin, and read, too.
 */
public final class AnnotationReader {
  static final int NULL = 0;
  static final int SKIP = 59;
  static final int NUMBER = 60;
  static final int SUBTYPE = 61;
  static final int CHANNEL = 62;
  static final int AUXILIARY = 63;
  static final String RESOLUTION_NOTE = "## time resolution:";
  private static final String TYPES_NOTE = "## annotation type definitions";
  private static final String TYPES_END_NOTE = "## end of definitions";

  private final String file;
  private final byte[] bytes;
  private int position;

  private AnnotationReader(String file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /**
   * Reads an annotation file, e.g. {@code 208.atr}.
   *
   * @throws RecordingException when it is missing or breaks the format
   */
  public static WfdbAnnotations read(Path file) throws IOException {
    try {
      return parse(file.toString(), Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new RecordingNotFoundException(file + ": no such annotation file");
    }
  }

  /**
   * Parses an annotation file's content.
   *
   * @param file its name, for error messages
   */
  static WfdbAnnotations parse(String file, byte[] bytes) throws MalformedRecordingException {
    return AhaAnnotations.isOne(bytes)
        ? AhaAnnotations.parse(file, bytes)
        : withoutPreamble(file, new AnnotationReader(file, bytes).parse());
  }

  private List<WfdbAnnotation> parse() throws MalformedRecordingException {
    List<WfdbAnnotation> read = new ArrayList<>();
    long sample = 0;
    int channel = 0;
    int number = 0;
    while (true) {
      int start = position;
      int word = word();
      while (word >> 10 == SKIP) {
        sample += (word() << 16) | word();
        word = word();
      }
      if (word == 0) {
        return read;
      }
      int code = word >> 10;
      if (code > AnnotationSymbols.MAXIMUM_CODE) {
        throw malformed(start, "annotation code " + code + "; expected 1 to 49, or 0 at the end");
      }
      sample += word & 0x3ff;
      if (sample < 0) {
        throw malformed(start, "an annotation at sample " + sample + "; expected 0 or more");
      }
      int subtype = 0;
      String auxiliary = "";
      for (; isModifier(); ) {
        int modifier = word();
        switch (modifier >> 10) {
          case NUMBER -> number = (byte) modifier;
          case SUBTYPE -> subtype = (byte) modifier;
          case CHANNEL -> channel = modifier & 0xff;
          default -> auxiliary = text(modifier & 0x3ff);
        }
      }
      // WFDB software closes its note on the time resolution with an annotation that is none.
      if (code != NULL) {
        read.add(
            new WfdbAnnotation(
                sample, AnnotationSymbols.of(code), subtype, channel, number, auxiliary));
      }
    }
  }

  private boolean isModifier() {
    return position + 1 < bytes.length && (bytes[position + 1] & 0xff) >> 2 >= NUMBER;
  }

  private int word() throws MalformedRecordingException {
    if (position + 2 > bytes.length) {
      throw malformed(
          bytes.length, "the end of the file; expected a word of zeros to close the annotations");
    }
    int word = Byte.toUnsignedInt(bytes[position]) | (bytes[position + 1] & 0xff) << 8;
    position += 2;
    return word;
  }

  private String text(int length) throws MalformedRecordingException {
    if (length > WfdbAnnotation.MAXIMUM_AUXILIARY || position + length > bytes.length) {
      throw malformed(
          position - 2,
          "a text of "
              + length
              + " bytes; expected at most "
              + Math.min(WfdbAnnotation.MAXIMUM_AUXILIARY, bytes.length - position));
    }
    int end = position + length;
    while (end > position && bytes[end - 1] == 0) {
      end--;
    }
    String text = new String(bytes, position, end - position, StandardCharsets.ISO_8859_1);
    position += length + length % 2;
    return text;
  }

  private MalformedRecordingException malformed(int place, String found) {
    return new MalformedRecordingException(file + " byte " + place + ": found " + found);
  }

  /** Takes off the notes that WFDB software puts first to describe the file itself. */
  private static WfdbAnnotations withoutPreamble(String file, List<WfdbAnnotation> read)
      throws MalformedRecordingException {
    OptionalDouble resolution = OptionalDouble.empty();
    int first = 0;
    boolean inTypes = false;
    for (; first < read.size(); first++) {
      WfdbAnnotation annotation = read.get(first);
      String note = annotation.auxiliary();
      boolean isNote =
          annotation.sample() == 0 && annotation.symbol().equals(AnnotationSymbols.NOTE);
      if (isNote && note.startsWith(RESOLUTION_NOTE)) {
        resolution = OptionalDouble.of(resolution(file, note));
      } else if (isNote && note.startsWith(TYPES_NOTE)) {
        inTypes = true;
      } else if (isNote && note.startsWith(TYPES_END_NOTE)) {
        inTypes = false;
      } else if (!isNote || !inTypes) {
        break;
      }
    }
    return new WfdbAnnotations(read.subList(first, read.size()), resolution);
  }

  private static double resolution(String file, String note) throws MalformedRecordingException {
    String text = note.substring(RESOLUTION_NOTE.length()).strip();
    try {
      double resolution = Double.parseDouble(text);
      if (resolution > 0 && Double.isFinite(resolution)) {
        return resolution;
      }
    } catch (NumberFormatException e) {
      throw wrongResolution(file, text);
    }
    throw wrongResolution(file, text);
  }

  private static MalformedRecordingException wrongResolution(String file, String text) {
    return new MalformedRecordingException(
        file + ": time resolution is '" + text + "'; expected ticks per second, more than 0");
  }
}
