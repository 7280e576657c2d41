package io.physiowave.streaming.model;

import io.physiowave.streaming.types.BinaryFields;
import io.physiowave.streaming.types.RecordSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of a {@link ModelAssignment}. */
public final class ModelAssignmentSerializer extends RecordSerializer<ModelAssignment> {
  private static final long serialVersionUID = 1L;
  private static final int VERSION = 3;

  /** The one instance that is needed. */
  public static final ModelAssignmentSerializer INSTANCE = new ModelAssignmentSerializer();

  private ModelAssignmentSerializer() {}

  @Override
  public void serialize(ModelAssignment assignment, DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    BinaryFields.writeText(assignment.name(), out);
    ModelCandidatesSerializer.writeOptional(assignment.serving(), out);
    ModelCandidatesSerializer.INSTANCE.serialize(assignment.candidates(), out);
    out.writeLong(assignment.activation());
    out.writeLong(assignment.trial());
  }

  @Override
  public ModelAssignment deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version < 1 || version > VERSION) {
      throw new IOException(
          "a saved assignment has form " + version + "; this version reads 1 to " + VERSION);
    }
    return new ModelAssignment(
        BinaryFields.readText(in),
        ModelCandidatesSerializer.readOptional(in),
        ModelCandidatesSerializer.INSTANCE.deserialize(in),
        version >= 2 ? in.readLong() : 0,
        version >= 3 ? in.readLong() : 0);
  }

  @Override
  public TypeSerializerSnapshot<ModelAssignment> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ModelAssignment> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
