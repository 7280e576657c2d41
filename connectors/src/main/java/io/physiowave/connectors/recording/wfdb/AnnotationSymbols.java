package io.physiowave.connectors.recording.wfdb;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The types of annotations and the codes that stand for them in files.
 *
 * <p>Codes without a symbol of their own (15, 17 and 42 to 49, free for users) are written {@code
 * [15]}, as by the WFDB software.
 *
 * @see <a href="https://archive.physionet.org/physiobank/annotations.shtml">PhysioBank
 *     annotations</a>
 */
public final class AnnotationSymbols {
  /** Normal beat. */
  public static final String NORMAL = "N";

  /** Comment, in the auxiliary text. */
  public static final String NOTE = "\"";

  /** Change of rhythm, named in the auxiliary text. */
  public static final String RHYTHM = "+";

  /** Largest code of an annotation. */
  static final int MAXIMUM_CODE = 49;

  /** Code 0 would end the file; it stands here so that positions are codes. */
  private static final String[] SYMBOLS = {
    " ", "N", "L", "R", "a", "V", "F", "J", "A", "S",
    "E", "j", "/", "Q", "~", null, "|", null, "s", "T",
    "*", "D", NOTE, "=", "p", "B", "^", "t", RHYTHM, "u",
    "?", "!", "[", "]", "e", "n", "@", "x", "f", "(",
    ")", "r"
  };

  private static final Map<String, Integer> CODES = codes();

  private static final Set<String> BEATS =
      Set.of(
          "N", "L", "R", "a", "V", "F", "J", "A", "S", "E", "j", "/", "Q", "B", "?", "!", "e", "n",
          "f", "r");

  private AnnotationSymbols() {}

  private static Map<String, Integer> codes() {
    Map<String, Integer> codes = new HashMap<>();
    for (int code = 1; code <= MAXIMUM_CODE; code++) {
      codes.put(of(code), code);
    }
    return codes;
  }

  /** The symbol of a code from 1 to 49. */
  static String of(int code) {
    return code < SYMBOLS.length && SYMBOLS[code] != null ? SYMBOLS[code] : "[" + code + "]";
  }

  /**
   * The code of a symbol, 1 to 49.
   *
   * @throws IllegalArgumentException when there is no such symbol
   */
  static int code(String symbol) {
    Integer code = CODES.get(symbol);
    if (code == null) {
      throw new IllegalArgumentException(
          "annotation symbol is '"
              + symbol
              + "'; expected one of WFDB's such as N, V, S, F, Q, +, ~ or [42]");
    }
    return code;
  }

  /** Whether a symbol marks a beat (QRS complex), by the table of the WFDB library. */
  public static boolean isBeat(String symbol) {
    return BEATS.contains(symbol);
  }
}
