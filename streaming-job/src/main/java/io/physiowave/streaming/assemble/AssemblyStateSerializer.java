package io.physiowave.streaming.assemble;

import io.physiowave.streaming.types.StateSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of an {@link AssemblyState}; its own version byte lets the form grow. */
public final class AssemblyStateSerializer extends StateSerializer<AssemblyState> {
  private static final long serialVersionUID = 1L;

  /** The one instance that is needed. */
  static final AssemblyStateSerializer INSTANCE = new AssemblyStateSerializer();

  private AssemblyStateSerializer() {}

  @Override
  public AssemblyState createInstance() {
    return new AssemblyState();
  }

  /** What Flink's heap does with every stream that goes on after a checkpoint. */
  @Override
  public AssemblyState copy(AssemblyState from) {
    return from.copy();
  }

  @Override
  public void serialize(AssemblyState state, DataOutputView out) throws IOException {
    state.writeTo(out);
  }

  @Override
  public AssemblyState deserialize(DataInputView in) throws IOException {
    return AssemblyState.readFrom(in);
  }

  @Override
  public TypeSerializerSnapshot<AssemblyState> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<AssemblyState> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
