package io.physiowave.connectors.logging;

import java.util.Map;
import org.slf4j.MDC;

/**
 * Fields of log lines, which a JSON log has beside the text. Never samples, nor anything else that
 * a device measured.
 *
 * <pre>{@code
 * LogFields.ofStream(stream, session, () -> LOG.warn("the session has no end"));
 * }</pre>
 */
public final class LogFields {
  /** The stream's id. */
  public static final String STREAM = "stream";

  /** The session's id. */
  public static final String SESSION = "session";

  /** The model's name and version. */
  public static final String MODEL = "model";

  private LogFields() {}

  /**
   * Logs about a session of a stream.
   *
   * @param session empty where it is not known
   */
  public static void ofStream(String stream, String session, Runnable lines) {
    with(
        session.isEmpty() ? Map.of(STREAM, stream) : Map.of(STREAM, stream, SESSION, session),
        lines);
  }

  /** Logs about a model. */
  public static void ofModel(String name, String version, Runnable lines) {
    with(Map.of(MODEL, name + " " + version), lines);
  }

  private static void with(Map<String, String> fields, Runnable lines) {
    Map<String, String> before = MDC.getCopyOfContextMap();
    fields.forEach(MDC::put);
    try {
      lines.run();
    } finally {
      MDC.setContextMap(before == null ? Map.of() : before);
    }
  }
}
