package io.physiowave.streaming.decode;

import io.physiowave.core.frame.RejectionReason;
import io.physiowave.streaming.types.BinaryFields;
import io.physiowave.streaming.types.RecordSerializer;
import io.physiowave.streaming.types.TopicRecordSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of a {@link RejectedFrame}. */
public final class RejectedFrameSerializer extends RecordSerializer<RejectedFrame> {
  private static final long serialVersionUID = 1L;

  /** The one instance that is needed. */
  public static final RejectedFrameSerializer INSTANCE = new RejectedFrameSerializer();

  private RejectedFrameSerializer() {}

  @Override
  public void serialize(RejectedFrame rejected, DataOutputView out) throws IOException {
    TopicRecordSerializer.INSTANCE.serialize(rejected.record(), out);
    BinaryFields.writeText(rejected.reason().name(), out);
    BinaryFields.writeText(rejected.message(), out);
  }

  @Override
  public RejectedFrame deserialize(DataInputView in) throws IOException {
    return new RejectedFrame(
        TopicRecordSerializer.INSTANCE.deserialize(in),
        RejectionReason.valueOf(BinaryFields.readText(in)),
        BinaryFields.readText(in));
  }

  @Override
  public TypeSerializerSnapshot<RejectedFrame> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RejectedFrame> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
