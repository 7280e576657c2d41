package io.physiowave.streaming.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of a {@link TopicRecord}. */
public final class TopicRecordSerializer extends RecordSerializer<TopicRecord> {
  private static final long serialVersionUID = 1L;

  /** The one instance that is needed. */
  public static final TopicRecordSerializer INSTANCE = new TopicRecordSerializer();

  private TopicRecordSerializer() {}

  @Override
  public void serialize(TopicRecord record, DataOutputView out) throws IOException {
    BinaryFields.writeBytes(record.key(), out);
    BinaryFields.writeBytes(record.value(), out);
    out.writeInt(record.partition());
    out.writeLong(record.offset());
    out.writeLong(record.arrivalMillis());
  }

  @Override
  public TopicRecord deserialize(DataInputView in) throws IOException {
    return new TopicRecord(
        BinaryFields.readBytes(in),
        BinaryFields.readBytes(in),
        in.readInt(),
        in.readLong(),
        in.readLong());
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
