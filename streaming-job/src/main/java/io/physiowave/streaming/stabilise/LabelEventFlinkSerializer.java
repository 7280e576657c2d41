package io.physiowave.streaming.stabilise;

import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelEventCodec;
import io.physiowave.streaming.types.BinaryFields;
import io.physiowave.streaming.types.RecordSerializer;
import io.physiowave.streaming.types.RecordType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of a {@link LabelEvent} between Flink's tasks: its protobuf form. */
public final class LabelEventFlinkSerializer extends RecordSerializer<LabelEvent> {
  private static final long serialVersionUID = 1L;

  /** The one instance that is needed. */
  public static final LabelEventFlinkSerializer INSTANCE = new LabelEventFlinkSerializer();

  /** For Flink. */
  public static final TypeInformation<LabelEvent> TYPE =
      new RecordType<>(LabelEvent.class, INSTANCE);

  private LabelEventFlinkSerializer() {}

  @Override
  public void serialize(LabelEvent event, DataOutputView out) throws IOException {
    BinaryFields.writeBytes(LabelEventCodec.encode(event), out);
  }

  @Override
  public LabelEvent deserialize(DataInputView in) throws IOException {
    return LabelEventCodec.decode(BinaryFields.readBytes(in));
  }

  @Override
  public TypeSerializerSnapshot<LabelEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<LabelEvent> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
