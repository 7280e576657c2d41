package io.physiowave.streaming.interpret;

import io.physiowave.core.arrhythmia.RhythmSummary;
import io.physiowave.core.arrhythmia.RhythmSummaryCodec;
import io.physiowave.streaming.types.BinaryFields;
import io.physiowave.streaming.types.RecordSerializer;
import io.physiowave.streaming.types.RecordType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of a {@link RhythmSummary} between Flink's tasks: its protobuf form. */
public final class RhythmSummarySerializer extends RecordSerializer<RhythmSummary> {
  private static final long serialVersionUID = 1L;

  /** The one instance that is needed. */
  public static final RhythmSummarySerializer INSTANCE = new RhythmSummarySerializer();

  /** For Flink. */
  public static final TypeInformation<RhythmSummary> TYPE =
      new RecordType<>(RhythmSummary.class, INSTANCE);

  private RhythmSummarySerializer() {}

  @Override
  public void serialize(RhythmSummary summary, DataOutputView out) throws IOException {
    BinaryFields.writeBytes(RhythmSummaryCodec.encode(summary), out);
  }

  @Override
  public RhythmSummary deserialize(DataInputView in) throws IOException {
    return RhythmSummaryCodec.decode(BinaryFields.readBytes(in));
  }

  @Override
  public TypeSerializerSnapshot<RhythmSummary> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RhythmSummary> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
