package io.physiowave.streaming.model;

import io.physiowave.streaming.types.BinaryFields;
import io.physiowave.streaming.types.RecordSerializer;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Binary form of an {@link AssignedWindow}. Assembling and inference are chained, so that it is
 * used only where an operator breaks the chain.
 */
public final class AssignedWindowSerializer extends RecordSerializer<AssignedWindow> {
  private static final long serialVersionUID = 1L;

  /** The one instance that is needed. */
  public static final AssignedWindowSerializer INSTANCE = new AssignedWindowSerializer();

  private AssignedWindowSerializer() {}

  @Override
  public void serialize(AssignedWindow assigned, DataOutputView out) throws IOException {
    SignalWindowSerializer.INSTANCE.serialize(assigned.window(), out);
    ServedModelSerializer.INSTANCE.serialize(assigned.model(), out);
    ModelCandidatesSerializer.writeOptional(assigned.shadow(), out);
    ModelCandidatesSerializer.writeOptional(assigned.base(), out);
    writeCalibration(assigned.calibration(), out);
    out.writeLong(assigned.changes());
  }

  @Override
  public AssignedWindow deserialize(DataInputView in) throws IOException {
    return new AssignedWindow(
        SignalWindowSerializer.INSTANCE.deserialize(in),
        ServedModelSerializer.INSTANCE.deserialize(in),
        ModelCandidatesSerializer.readOptional(in),
        ModelCandidatesSerializer.readOptional(in),
        readCalibration(in),
        in.readLong());
  }

  private static void writeCalibration(WindowCalibration calibration, DataOutputView out)
      throws IOException {
    BinaryFields.writeText(calibration.id(), out);
    out.writeInt(calibration.labels().size());
    for (String label : calibration.labels()) {
      BinaryFields.writeText(label, out);
    }
    BinaryFields.writeFloats(calibration.scores(), out);
  }

  private static WindowCalibration readCalibration(DataInputView in) throws IOException {
    String id = BinaryFields.readText(in);
    String[] labels = new String[in.readInt()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = BinaryFields.readText(in);
    }
    return new WindowCalibration(id, List.of(labels), BinaryFields.readFloats(in));
  }

  @Override
  public TypeSerializerSnapshot<AssignedWindow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<AssignedWindow> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
