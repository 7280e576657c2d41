package io.physiowave.streaming.control;

import io.physiowave.streaming.types.BinaryFields;
import io.physiowave.streaming.types.RecordSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of a {@link ModelStatus}: its JSON. */
public final class ModelStatusSerializer extends RecordSerializer<ModelStatus> {
  private static final long serialVersionUID = 1L;

  /** The one instance that is needed. */
  public static final ModelStatusSerializer INSTANCE = new ModelStatusSerializer();

  private ModelStatusSerializer() {}

  @Override
  public void serialize(ModelStatus status, DataOutputView out) throws IOException {
    BinaryFields.writeBytes(ControlJson.write(status), out);
  }

  @Override
  public ModelStatus deserialize(DataInputView in) throws IOException {
    return ControlJson.status(BinaryFields.readBytes(in));
  }

  @Override
  public TypeSerializerSnapshot<ModelStatus> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ModelStatus> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
