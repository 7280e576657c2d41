package io.physiowave.streaming.decode;

import io.physiowave.streaming.types.BinaryFields;
import io.physiowave.streaming.types.RecordSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of a {@link FrameRecord}. */
public final class FrameRecordSerializer extends RecordSerializer<FrameRecord> {
  private static final long serialVersionUID = 1L;

  /** The one instance that is needed. */
  public static final FrameRecordSerializer INSTANCE = new FrameRecordSerializer();

  private FrameRecordSerializer() {}

  @Override
  public void serialize(FrameRecord record, DataOutputView out) throws IOException {
    BinaryFields.writeBytes(record.key(), out);
    BinaryFields.writeBytes(record.value(), out);
    out.writeInt(record.partition());
    out.writeLong(record.offset());
    out.writeLong(record.arrivalMillis());
  }

  @Override
  public FrameRecord deserialize(DataInputView in) throws IOException {
    return new FrameRecord(
        BinaryFields.readBytes(in),
        BinaryFields.readBytes(in),
        in.readInt(),
        in.readLong(),
        in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<FrameRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<FrameRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
