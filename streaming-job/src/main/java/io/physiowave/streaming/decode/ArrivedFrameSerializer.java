package io.physiowave.streaming.decode;

import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.streaming.types.RecordSerializer;
import io.physiowave.streaming.types.TopicRecord;
import io.physiowave.streaming.types.TopicRecordSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes the original record only and decodes it again when reading: int16 samples stay half the
 * size of floats, and the bytes are needed anyway should the frame be rejected later.
 */
public final class ArrivedFrameSerializer extends RecordSerializer<ArrivedFrame> {
  private static final long serialVersionUID = 1L;

  /** The one instance that is needed. */
  public static final ArrivedFrameSerializer INSTANCE = new ArrivedFrameSerializer();

  private ArrivedFrameSerializer() {}

  @Override
  public void serialize(ArrivedFrame frame, DataOutputView out) throws IOException {
    TopicRecordSerializer.INSTANCE.serialize(frame.record(), out);
  }

  @Override
  public ArrivedFrame deserialize(DataInputView in) throws IOException {
    TopicRecord record = TopicRecordSerializer.INSTANCE.deserialize(in);
    return new ArrivedFrame(SignalFrameCodec.decode(record.value()), record);
  }

  @Override
  public TypeSerializerSnapshot<ArrivedFrame> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ArrivedFrame> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
