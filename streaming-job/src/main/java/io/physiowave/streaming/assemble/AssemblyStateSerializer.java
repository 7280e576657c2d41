package io.physiowave.streaming.assemble;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of an {@link AssemblyState}; its own version byte lets the form grow. */
public final class AssemblyStateSerializer extends TypeSerializerSingleton<AssemblyState> {
  private static final long serialVersionUID = 1L;

  /** The one instance that is needed. */
  static final AssemblyStateSerializer INSTANCE = new AssemblyStateSerializer();

  private AssemblyStateSerializer() {}

  @Override
  public boolean isImmutableType() {
    return false;
  }

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
  public AssemblyState copy(AssemblyState from, AssemblyState reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
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
  public AssemblyState deserialize(AssemblyState reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
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
