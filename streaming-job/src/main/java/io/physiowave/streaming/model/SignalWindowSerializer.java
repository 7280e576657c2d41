package io.physiowave.streaming.model;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.types.BinaryFields;
import io.physiowave.streaming.types.QualityFields;
import io.physiowave.streaming.types.RecordSerializer;
import io.physiowave.streaming.types.RecordType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of a {@link SignalWindow}. */
public final class SignalWindowSerializer extends RecordSerializer<SignalWindow> {
  private static final long serialVersionUID = 1L;

  /** The one instance that is needed. */
  public static final SignalWindowSerializer INSTANCE = new SignalWindowSerializer();

  /** For Flink. */
  public static final TypeInformation<SignalWindow> TYPE =
      new RecordType<>(SignalWindow.class, INSTANCE);

  private SignalWindowSerializer() {}

  @Override
  public void serialize(SignalWindow window, DataOutputView out) throws IOException {
    BinaryFields.writeText(window.streamId(), out);
    BinaryFields.writeText(window.sessionId(), out);
    BinaryFields.writeText(window.modality().name(), out);
    out.writeDouble(window.sampleRateHz());
    out.writeLong(window.startSample());
    out.writeLong(window.endSample());
    out.writeLong(window.startMicros());
    out.writeLong(window.endMicros());
    out.writeLong(window.beatSample());
    BinaryFields.writeFloats(window.input(), out);
    QualityFields.write(window.quality(), out);
    out.writeLong(window.arrivalMicros());
    out.writeLong(window.assembledMicros());
    BinaryFields.writeText(window.traceparent(), out);
  }

  @Override
  public SignalWindow deserialize(DataInputView in) throws IOException {
    return new SignalWindow(
        BinaryFields.readText(in),
        BinaryFields.readText(in),
        Modality.valueOf(BinaryFields.readText(in)),
        in.readDouble(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        BinaryFields.readFloats(in),
        QualityFields.read(in),
        in.readLong(),
        in.readLong(),
        BinaryFields.readText(in));
  }

  @Override
  public TypeSerializerSnapshot<SignalWindow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<SignalWindow> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
