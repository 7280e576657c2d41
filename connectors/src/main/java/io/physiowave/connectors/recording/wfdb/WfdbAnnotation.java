package io.physiowave.connectors.recording.wfdb;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * One annotation of a record; see annot(5) of the WFDB manual.
 *
 * @param sample the sample it is about, 0 or more
 * @param symbol its type, one of {@link AnnotationSymbols}
 * @param subtype -128 to 127; 0 unless the type has variants
 * @param channel signal it is about, 0 to 255
 * @param number annotator's count, -128 to 127; usually 0
 * @param auxiliary further text in ISO 8859-1, e.g. the rhythm {@code (AFIB}; at most 255
 *     characters
 */
public record WfdbAnnotation(
    long sample, String symbol, int subtype, int channel, int number, String auxiliary) {

  /** Longest auxiliary text. */
  public static final int MAXIMUM_AUXILIARY = 255;

  public WfdbAnnotation {
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(auxiliary, "auxiliary");
    AnnotationSymbols.code(symbol);
    require(sample >= 0, "sample", sample, "0 or more");
    require(subtype == (byte) subtype, "subtype", subtype, "-128 to 127");
    require(channel >= 0 && channel <= 255, "channel", channel, "0 to 255");
    require(number == (byte) number, "number", number, "-128 to 127");
    if (auxiliary.length() > MAXIMUM_AUXILIARY
        || !StandardCharsets.ISO_8859_1.newEncoder().canEncode(auxiliary)) {
      throw new IllegalArgumentException(
          "auxiliary text '"
              + auxiliary
              + "' of "
              + auxiliary.length()
              + " characters; expected at most 255 of ISO 8859-1");
    }
  }

  /** A plain annotation: subtype, channel and number 0, no text. */
  public static WfdbAnnotation at(long sample, String symbol) {
    return new WfdbAnnotation(sample, symbol, 0, 0, 0, "");
  }

  /** The same annotation at another sample. */
  public WfdbAnnotation movedTo(long newSample) {
    return new WfdbAnnotation(newSample, symbol, subtype, channel, number, auxiliary);
  }

  /** Whether it marks a beat rather than a rhythm, a wave or a comment. */
  public boolean isBeat() {
    return AnnotationSymbols.isBeat(symbol);
  }

  private static void require(boolean right, String field, long value, String expected) {
    if (!right) {
      throw new IllegalArgumentException(
          "annotation " + field + " is " + value + "; expected " + expected);
    }
  }
}
