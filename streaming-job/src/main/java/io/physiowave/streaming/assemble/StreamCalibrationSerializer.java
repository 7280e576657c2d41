package io.physiowave.streaming.assemble;

import io.physiowave.core.calibration.StreamCalibration;
import io.physiowave.core.calibration.StreamCalibrationJson;
import io.physiowave.streaming.types.BinaryFields;
import io.physiowave.streaming.types.RecordSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A {@link StreamCalibration} in state: its JSON, which has a version of its own. */
public final class StreamCalibrationSerializer extends RecordSerializer<StreamCalibration> {
  private static final long serialVersionUID = 1L;

  /** The one instance that is needed. */
  static final StreamCalibrationSerializer INSTANCE = new StreamCalibrationSerializer();

  private StreamCalibrationSerializer() {}

  @Override
  public void serialize(StreamCalibration calibration, DataOutputView out) throws IOException {
    BinaryFields.writeBytes(StreamCalibrationJson.encode(calibration), out);
  }

  @Override
  public StreamCalibration deserialize(DataInputView in) throws IOException {
    return StreamCalibrationJson.decode(BinaryFields.readBytes(in));
  }

  @Override
  public TypeSerializerSnapshot<StreamCalibration> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<StreamCalibration> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
