package io.physiowave.streaming.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Binary form of a {@link TopicRecord}. The form without a trace is that of version 0.1.0, so that
 * its savepoints are read; a trace is announced by the complement of the partition, which is
 * negative then, and follows at the end.
 */
public final class TopicRecordSerializer extends RecordSerializer<TopicRecord> {
  private static final long serialVersionUID = 1L;

  /** The one instance that is needed. */
  public static final TopicRecordSerializer INSTANCE = new TopicRecordSerializer();

  private TopicRecordSerializer() {}

  @Override
  public void serialize(TopicRecord record, DataOutputView out) throws IOException {
    BinaryFields.writeBytes(record.key(), out);
    BinaryFields.writeBytes(record.value(), out);
    out.writeInt(record.isTraced() ? ~record.partition() : record.partition());
    out.writeLong(record.isCalibration() ? ~record.offset() : record.offset());
    out.writeLong(record.arrivalMillis());
    if (record.isTraced()) {
      BinaryFields.writeText(record.traceparent(), out);
    }
  }

  @Override
  public TopicRecord deserialize(DataInputView in) throws IOException {
    byte[] key = BinaryFields.readBytes(in);
    byte[] value = BinaryFields.readBytes(in);
    int partition = in.readInt();
    long offset = in.readLong();
    long arrivalMillis = in.readLong();
    return new TopicRecord(
        key,
        value,
        partition >= 0 ? partition : ~partition,
        offset >= 0 ? offset : ~offset,
        arrivalMillis,
        partition >= 0 ? "" : BinaryFields.readText(in),
        offset < 0);
  }

  @Override
  public TypeSerializerSnapshot<TopicRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<TopicRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
