package io.physiowave.streaming.decode;

import io.physiowave.streaming.types.RecordType;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A record as it stood in the frames topic. The bytes are handed over, not copied.
 *
 * @param key the record's key, or null
 * @param value the record's value, or null
 * @param partition the partition it came from, 0 or more
 * @param offset its offset within the partition
 * @param arrivalMillis the record's timestamp: when the broker appended it, milliseconds since the
 *     epoch
 */
public record FrameRecord(
    byte[] key, byte[] value, int partition, long offset, long arrivalMillis) {

  /** For Flink. */
  public static final TypeInformation<FrameRecord> TYPE =
      new RecordType<>(FrameRecord.class, FrameRecordSerializer.INSTANCE);

  /** The key as text; null without a key. */
  public String keyText() {
    return key == null ? null : new String(key, StandardCharsets.UTF_8);
  }
}
