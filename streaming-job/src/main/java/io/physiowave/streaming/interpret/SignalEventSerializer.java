package io.physiowave.streaming.interpret;

import io.physiowave.core.event.SignalEvent;
import io.physiowave.core.event.SignalEventCodec;
import io.physiowave.streaming.types.BinaryFields;
import io.physiowave.streaming.types.RecordSerializer;
import io.physiowave.streaming.types.RecordType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of a {@link SignalEvent} between Flink's tasks: its protobuf form. */
public final class SignalEventSerializer extends RecordSerializer<SignalEvent> {
  private static final long serialVersionUID = 1L;

  /** The one instance that is needed. */
  public static final SignalEventSerializer INSTANCE = new SignalEventSerializer();

  /** For Flink. */
  public static final TypeInformation<SignalEvent> TYPE =
      new RecordType<>(SignalEvent.class, INSTANCE);

  private SignalEventSerializer() {}

  @Override
  public void serialize(SignalEvent event, DataOutputView out) throws IOException {
    BinaryFields.writeBytes(SignalEventCodec.encode(event), out);
  }

  @Override
  public SignalEvent deserialize(DataInputView in) throws IOException {
    return SignalEventCodec.decode(BinaryFields.readBytes(in));
  }

  @Override
  public TypeSerializerSnapshot<SignalEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<SignalEvent> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
