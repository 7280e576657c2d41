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
 * @param traceparent W3C trace context; empty when the record is not traced
 * @param isCalibration whether it stood in the topic of calibrations, not in that of frames
 */
public record TopicRecord(
    byte[] key,
    byte[] value,
    int partition,
    long offset,
    long arrivalMillis,
    String traceparent,
    boolean isCalibration) {

  /** For Flink. */
  public static final TypeInformation<TopicRecord> TYPE =
      new RecordType<>(TopicRecord.class, TopicRecordSerializer.INSTANCE);

  /** A record that is not traced. */
  public TopicRecord(byte[] key, byte[] value, int partition, long offset, long arrivalMillis) {
    this(key, value, partition, offset, arrivalMillis, "");
  }

  /** A record of another topic than that of calibrations. */
  public TopicRecord(
      byte[] key,
      byte[] value,
      int partition,
      long offset,
      long arrivalMillis,
      String traceparent) {
    this(key, value, partition, offset, arrivalMillis, traceparent, false);
  }

  /** Whether the record is traced. */
  public boolean isTraced() {
    return !traceparent.isEmpty();
  }

  /** The same record at another place of its trace. */
  public TopicRecord at(String place) {
    return new TopicRecord(key, value, partition, offset, arrivalMillis, place, isCalibration);
  }

  /** The same record, read from the topic of calibrations. */
  public TopicRecord asCalibration() {
    return new TopicRecord(key, value, partition, offset, arrivalMillis, traceparent, true);
  }

  /** The key as text, by which the job is keyed; empty without a key. */
  public String keyText() {
    return key == null ? "" : new String(key, StandardCharsets.UTF_8);
  }
}
