package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.recording.MalformedRecordingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Reads annotation files in the format of the AHA database: 16 bytes an annotation, of which the
 * first is 0 and the second a letter for its type; then the sample, a count from 1, a subtype, a
 * byte that is not used and six bytes of text; see annot(5) of the WFDB manual. A first byte of 255
 * ends the file.
 */
final class AhaAnnotations {
  private static final int BYTES = 16;
  private static final int SAMPLE = 2;
  private static final int COUNT = 6;
  private static final int SUBTYPE = 8;
  private static final int TEXT = 10;
  private static final int END = 255;
  private static final char UNREADABLE = 'U';

  /** As the WFDB software reads the letters. */
  private static final Map<Character, String> SYMBOLS =
      Map.ofEntries(
          Map.entry('N', AnnotationSymbols.NORMAL),
          Map.entry('V', "V"),
          Map.entry('F', "F"),
          Map.entry('E', "E"),
          Map.entry('P', "/"),
          Map.entry('Q', "Q"),
          Map.entry('R', "r"),
          Map.entry('O', AnnotationSymbols.NOTE),
          Map.entry(UNREADABLE, "~"),
          Map.entry('[', "["),
          Map.entry(']', "]"));

  private AhaAnnotations() {}

  /**
   * Whether a file has this format. One in the MIT format could begin with the same first two
   * bytes, but not count its first annotation as 1.
   */
  static boolean isOne(byte[] bytes) {
    return bytes.length >= BYTES
        && bytes[0] == 0
        && SYMBOLS.containsKey(letter(bytes, 0))
        && word(bytes, COUNT) == 1;
  }

  /**
   * Parses a file's content.
   *
   * @param file its name, for error messages
   */
  static WfdbAnnotations parse(String file, byte[] bytes) throws MalformedRecordingException {
    List<WfdbAnnotation> read = new ArrayList<>();
    for (int at = 0; at < bytes.length && (bytes[at] & 0xff) != END; at += BYTES) {
      if (bytes.length - at < BYTES) {
        throw malformed(file, bytes.length, "the end of the file within an annotation");
      }
      if (bytes[at] != 0) {
        throw malformed(file, at, "a byte " + (bytes[at] & 0xff) + "; expected 0, or 255 to end");
      }
      String symbol = SYMBOLS.get(letter(bytes, at));
      if (symbol == null) {
        throw malformed(
            file, at + 1, "a byte " + (bytes[at + 1] & 0xff) + "; expected one of NVFEPQROU[]");
      }
      // The upper half first, as on a PDP-11.
      int sample = (word(bytes, at + SAMPLE) << 16) | word(bytes, at + SAMPLE + 2);
      if (sample < 0) {
        throw malformed(file, at, "an annotation at sample " + sample + "; expected 0 or more");
      }
      int subtype = bytes[at + SUBTYPE];
      boolean unreadable = letter(bytes, at) == UNREADABLE && subtype == 0;
      read.add(
          new WfdbAnnotation(sample, symbol, unreadable ? -1 : subtype, 0, 0, text(bytes, at)));
    }
    return new WfdbAnnotations(read, OptionalDouble.empty());
  }

  private static char letter(byte[] bytes, int at) {
    return (char) (bytes[at + 1] & 0xff);
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  private static String text(byte[] bytes, int at) {
    int end = at + TEXT;
    while (end < at + BYTES && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, at + TEXT, end - at - TEXT, StandardCharsets.ISO_8859_1);
  }

  private static MalformedRecordingException malformed(String file, int place, String found) {
    return new MalformedRecordingException(
        file + " byte " + place + ": found " + found + " (AHA format)");
  }
}
