package io.physiowave.streaming.types;

import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A record as it stood in a topic. The bytes are handed over, not copied.
 *
 * @param key the record's key, or null
 * @param value the record's value, or null
 * @param partition the partition it came from, 0 or more
 * @param offset its offset within the partition
 * @param arrivalMillis the record's timestamp: when the broker appended it, milliseconds since the
 *     epoch
 */
public record TopicRecord(
    byte[] key, byte[] value, int partition, long offset, long arrivalMillis) {

  /** For Flink. */
  public static final TypeInformation<TopicRecord> TYPE =
      new RecordType<>(TopicRecord.class, TopicRecordSerializer.INSTANCE);

  /** The key as text; null without a key. */
  public String keyText() {
    return key == null ? null : new String(key, StandardCharsets.UTF_8);
  }
}
