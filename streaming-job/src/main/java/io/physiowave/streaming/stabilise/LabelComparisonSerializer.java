package io.physiowave.streaming.stabilise;

import io.physiowave.core.label.ModelReference;
import io.physiowave.streaming.types.BinaryFields;
import io.physiowave.streaming.types.RecordSerializer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of a {@link LabelComparison}. */
public final class LabelComparisonSerializer extends RecordSerializer<LabelComparison> {
  private static final long serialVersionUID = 1L;

  /** The one instance that is needed. */
  public static final LabelComparisonSerializer INSTANCE = new LabelComparisonSerializer();

  private LabelComparisonSerializer() {}

  @Override
  public void serialize(LabelComparison comparison, DataOutputView out) throws IOException {
    write(comparison.serving(), out);
    write(comparison.shadow(), out);
    out.writeBoolean(comparison.agrees());
  }

  @Override
  public LabelComparison deserialize(DataInputView in) throws IOException {
    return new LabelComparison(read(in), read(in), in.readBoolean());
  }

  private static void write(ModelReference model, DataOutput out) throws IOException {
    BinaryFields.writeText(model.name(), out);
    BinaryFields.writeText(model.version(), out);
    BinaryFields.writeText(model.sha256(), out);
  }

  private static ModelReference read(DataInput in) throws IOException {
    return new ModelReference(
        BinaryFields.readText(in), BinaryFields.readText(in), BinaryFields.readText(in));
  }

  @Override
  public TypeSerializerSnapshot<LabelComparison> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<LabelComparison> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
