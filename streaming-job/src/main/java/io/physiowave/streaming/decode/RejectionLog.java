package io.physiowave.streaming.decode;

import io.physiowave.connectors.logging.LogFields;
import io.physiowave.core.frame.InvalidFrameException;
import io.physiowave.core.frame.RejectionReason;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.streaming.types.TopicRecord;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log what a station refuses, with stream and session: for each reason the first
 * record, and then at most one line a minute with the number that went unsaid. All of them stand in
 * the rejected topic.
 */
public final class RejectionLog {
  private static final Logger LOG = LoggerFactory.getLogger(RejectionLog.class);
  private static final long PERIOD_NANOS = 60_000_000_000L;
  private static final int MAXIMUM_STREAM_CHARACTERS = 100;
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

  private final LongSupplier nanoClock;
  private final Map<RejectionReason, Silence> silences = new EnumMap<>(RejectionReason.class);

  public RejectionLog() {
    this(System::nanoTime);
  }

  /** By another clock. */
  RejectionLog(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** The time since a line, and how many have not been said since. */
  private static final class Silence {
    private final long sinceNanos;
    private long unsaid;

    Silence(long sinceNanos) {
      this.sinceNanos = sinceNanos;
    }
  }

  /**
   * A record was refused.
   *
   * @param message for people; without sample values; cut short like {@link
   *     RejectedFrame#message()}
   */
  public void rejected(TopicRecord record, RejectionReason reason, String message) {
    long now = nanoClock.getAsLong();
    Silence silence = silences.get(reason);
    if (silence != null && now - silence.sinceNanos < PERIOD_NANOS) {
      silence.unsaid++;
      return;
    }
    long unsaid = silence == null ? 0 : silence.unsaid;
    String said = oneLine(RejectedFrame.shortened(message));
    silences.put(reason, new Silence(now));
    LogFields.ofStream(
        stream(record),
        session(record),
        () ->
            LOG.warn(
                "a record is refused as {}, and {} more since the last line: {}",
                reason.code(),
                unsaid,
                said));
  }

  private static String stream(TopicRecord record) {
    String key = record.keyText();
    return oneLine(key.substring(0, Math.min(key.length(), MAXIMUM_STREAM_CHARACTERS)));
  }

  /** A device chooses what is quoted: it must not write lines of its own. */
  private static String oneLine(String text) {
    return CONTROL.matcher(text).replaceAll("?");
  }

  private static String session(TopicRecord record) {
    try {
      return record.value() == null
          ? ""
          : oneLine(SignalFrameCodec.decode(record.value()).sessionId());
    } catch (InvalidFrameException e) {
      return "";
    }
  }
}
