package io.physiowave.streaming.infer;

import io.physiowave.core.frame.Modality;
import io.physiowave.streaming.model.ServedModelSerializer;
import io.physiowave.streaming.types.BinaryFields;
import io.physiowave.streaming.types.QualityFields;
import io.physiowave.streaming.types.RecordSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of an {@link InferredWindow}. */
public final class InferredWindowSerializer extends RecordSerializer<InferredWindow> {
  private static final long serialVersionUID = 1L;

  /** The one instance that is needed. */
  public static final InferredWindowSerializer INSTANCE = new InferredWindowSerializer();

  private InferredWindowSerializer() {}

  @Override
  public void serialize(InferredWindow window, DataOutputView out) throws IOException {
    BinaryFields.writeText(window.streamId(), out);
    BinaryFields.writeText(window.sessionId(), out);
    BinaryFields.writeText(window.modality().name(), out);
    out.writeDouble(window.sampleRateHz());
    out.writeLong(window.startSample());
    out.writeLong(window.endSample());
    out.writeLong(window.startMicros());
    out.writeLong(window.endMicros());
    out.writeLong(window.beatSample());
    QualityFields.write(window.quality(), out);
    out.writeLong(window.arrivalMicros());
    out.writeLong(window.assembledMicros());
    out.writeLong(window.inferredMicros());
    ServedModelSerializer.INSTANCE.serialize(window.model(), out);
    BinaryFields.writeFloats(window.probabilities(), out);
    BinaryFields.writeText(window.traceparent(), out);
    BinaryFields.writeText(window.role().name(), out);
    BinaryFields.writeText(window.failure(), out);
    BinaryFields.writeText(window.calibration(), out);
  }

  @Override
  public InferredWindow deserialize(DataInputView in) throws IOException {
    return new InferredWindow(
        BinaryFields.readText(in),
        BinaryFields.readText(in),
        Modality.valueOf(BinaryFields.readText(in)),
        in.readDouble(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        QualityFields.read(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        ServedModelSerializer.INSTANCE.deserialize(in),
        BinaryFields.readFloats(in),
        BinaryFields.readText(in),
        WindowRole.valueOf(BinaryFields.readText(in)),
        BinaryFields.readText(in),
        BinaryFields.readText(in));
  }

  @Override
  public TypeSerializerSnapshot<InferredWindow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<InferredWindow> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
