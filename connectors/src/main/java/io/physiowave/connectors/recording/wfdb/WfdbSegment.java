package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.recording.MalformedRecordingException;
import java.util.regex.Pattern;

/**
 * One segment line of a header; see header(5) of the WFDB manual.
 *
 * @param name record name of the segment, or {@value #GAP} where nothing was recorded
 * @param frameCount frames of the segment; 0 for the layout segment, which only names the signals
 */
public record WfdbSegment(String name, long frameCount) {
  /** Name of a segment without samples. */
  public static final String GAP = "~";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

  /** Whether nothing was recorded during this segment. */
  public boolean isGap() {
    return name.equals(GAP);
  }

  /** Whether this only says which signals the other segments may have. */
  boolean isLayout() {
    return frameCount == 0 && !isGap();
  }

  static WfdbSegment parse(String text, HeaderFields fields) throws MalformedRecordingException {
    String[] parts = text.split("\\s+");
    if (parts.length < 2) {
      throw fields.error(
          "segment line '" + text + "' has no number of samples; expected '100_0001 21600'");
    }
    if (!parts[0].equals(GAP) && !NAME.matcher(parts[0]).matches()) {
      throw fields.wrong("segment name", parts[0], "letters, digits, _ and -, or ~ for a gap");
    }
    return new WfdbSegment(parts[0], fields.count("number of samples", parts[1]));
  }
}
