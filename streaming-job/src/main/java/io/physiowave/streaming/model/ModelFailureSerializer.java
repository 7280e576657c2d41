package io.physiowave.streaming.model;

import io.physiowave.streaming.types.BinaryFields;
import io.physiowave.streaming.types.RecordSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of a {@link ModelFailure}. */
public final class ModelFailureSerializer extends RecordSerializer<ModelFailure> {
  private static final long serialVersionUID = 1L;

  /** The one instance that is needed. */
  public static final ModelFailureSerializer INSTANCE = new ModelFailureSerializer();

  private ModelFailureSerializer() {}

  @Override
  public void serialize(ModelFailure failure, DataOutputView out) throws IOException {
    ServedModelSerializer.INSTANCE.serialize(failure.model(), out);
    BinaryFields.writeText(failure.reason(), out);
    out.writeLong(failure.atMillis());
  }

  @Override
  public ModelFailure deserialize(DataInputView in) throws IOException {
    return new ModelFailure(
        ServedModelSerializer.INSTANCE.deserialize(in), BinaryFields.readText(in), in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<ModelFailure> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ModelFailure> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
