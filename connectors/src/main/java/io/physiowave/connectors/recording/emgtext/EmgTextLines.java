package io.physiowave.connectors.recording.emgtext;

import io.physiowave.connectors.recording.MalformedRecordingException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of one text file, each checked: time, eight channels and a class.
 *
 * <p>Some files of the published set end within a row; such a last row is left out, with a warning.
 */
final class EmgTextLines implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(EmgTextLines.class);
  static final int CHANNELS = 8;
  private static final int COLUMNS = CHANNELS + 2;
  private static final Pattern TAB = Pattern.compile("\t");
  static final String HEADER =
      "time\tchannel1\tchannel2\tchannel3\tchannel4\tchannel5\tchannel6\tchannel7\tchannel8\tclass";

  private final BufferedReader in;
  private final String place;
  private long line;
  private String[] columns = {};

  EmgTextLines(InputStream in, String place) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1), 1 << 16);
    this.place = place;
  }

  void readHeader() throws IOException {
    String header = in.readLine();
    line++;
    if (header == null || !header.strip().equals(HEADER)) {
      throw malformed(
          "the header is '"
              + (header == null ? "" : shortened(header))
              + "'; expected the columns time, channel1 to channel8 and class, separated by tabs");
    }
  }

  /** Goes to the next row; false at the end of the file. */
  boolean advance() throws IOException {
    String text = in.readLine();
    line++;
    if (text == null) {
      return false;
    }
    if (text.isBlank()) {
      String next = in.readLine();
      while (next != null && next.isBlank()) {
        next = in.readLine();
      }
      if (next != null) {
        throw malformed("the line is blank; expected " + COLUMNS + " columns");
      }
      return false;
    }
    columns = TAB.split(text, -1);
    if (isCutOff() && in.readLine() == null) {
      LOG.warn(
          "{} line {}: the file ends within the row '{}', which is left out",
          place,
          line,
          shortened(text));
      return false;
    }
    if (columns.length != COLUMNS) {
      throw malformed(
          "'"
              + shortened(text)
              + "' has "
              + columns.length
              + " columns; expected "
              + COLUMNS
              + " separated by tabs");
    }
    return true;
  }

  private boolean isCutOff() {
    return columns.length < COLUMNS
        || (columns.length == COLUMNS && columns[COLUMNS - 1].isBlank());
  }

  /** Voltage of a channel in the present row, V. */
  float volts(int channel) throws MalformedRecordingException {
    String text = columns[channel + 1];
    try {
      float value = Float.parseFloat(text);
      if (Float.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong("channel" + (channel + 1), text, "a number of volts such as -2e-05");
    }
    throw wrong("channel" + (channel + 1), text, "a finite number of volts");
  }

  /** Class of the present row, 0 to 7. */
  int gestureCode() throws MalformedRecordingException {
    String text = columns[COLUMNS - 1].strip();
    if (text.length() == 1 && text.charAt(0) >= '0' && text.charAt(0) <= '7') {
      return text.charAt(0) - '0';
    }
    throw wrong("class", text, "0 to 7");
  }

  private MalformedRecordingException wrong(String column, String text, String expected) {
    return malformed(column + " is '" + shortened(text) + "'; expected " + expected);
  }

  private MalformedRecordingException malformed(String what) {
    return new MalformedRecordingException(place + " line " + line + ": " + what);
  }

  private static String shortened(String text) {
    String plain = text.replace('\t', ' ');
    return plain.length() <= 60 ? plain : plain.substring(0, 57) + "...";
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
