package io.physiowave.streaming.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.frame.RejectionReason;
import io.physiowave.streaming.testing.LoggedLines;
import io.physiowave.streaming.testing.TestSignals;
import io.physiowave.streaming.types.TopicRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RejectionLogTest {
  private static final TopicRecord FRAME =
      TestSignals.record(TestSignals.frame("arm", "morning", 0, 5, false), 0);

  private final AtomicLong nanos = new AtomicLong();
  private final RejectionLog log = new RejectionLog(nanos::get);

  @Test
  void oneLineAMinuteAndReasonSaysHowManyWentUnsaid() {
    try (LoggedLines lines = LoggedLines.of(RejectionLog.class)) {
      log.rejected(FRAME, RejectionReason.FAR_BEHIND, "first");
      log.rejected(FRAME, RejectionReason.FAR_BEHIND, "second");
      log.rejected(FRAME, RejectionReason.FAR_BEHIND, "third");
      log.rejected(FRAME, RejectionReason.OVERSIZED, "another reason");
      nanos.addAndGet(Duration.ofSeconds(60).toNanos());
      log.rejected(FRAME, RejectionReason.FAR_BEHIND, "fourth");

      assertThat(lines.texts())
          .containsExactly(
              "a record is refused as far-behind, and 0 more since the last line: first",
              "a record is refused as oversized, and 0 more since the last line: another reason",
              "a record is refused as far-behind, and 2 more since the last line: fourth");
    }
  }

  /** A device chooses its names, and its key. */
  @Test
  void aDeviceWritesNoLinesOfItsOwnNorLongOnes() {
    byte[] key = "arm\nERROR all is lost".getBytes(StandardCharsets.UTF_8);
    TopicRecord record = new TopicRecord(key, FRAME.value(), 0, 0, 0);
    try (LoggedLines lines = LoggedLines.of(RejectionLog.class)) {
      log.rejected(record, RejectionReason.WRONG_KEY, "the key\r\n is " + "k".repeat(1_000_000));

      assertThat(lines.texts())
          .singleElement()
          .asString()
          .contains("the key?? is kkk")
          .hasSizeLessThan(1_200);
      assertThat(lines.fields().get(0)).containsEntry("stream", "arm?ERROR all is lost");
    }
  }

  @Test
  void linesCarryStreamAndSession() {
    byte[] noise = "x".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    try (LoggedLines lines = LoggedLines.of(RejectionLog.class)) {
      log.rejected(FRAME, RejectionReason.NO_MODEL, "a");
      log.rejected(new TopicRecord(noise, noise, 0, 0, 0), RejectionReason.INVALID, "b");
      log.rejected(new TopicRecord(null, null, 0, 0, 0), RejectionReason.WRONG_KEY, "c");

      assertThat(lines.fields().get(0))
          .containsEntry("stream", "arm")
          .containsEntry("session", "morning");
      assertThat(lines.fields().get(1))
          .containsEntry("stream", "x".repeat(100))
          .doesNotContainKey("session");
      assertThat(lines.fields().get(2)).containsEntry("stream", "");
    }
  }
}
