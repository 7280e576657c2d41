package io.physiowave.streaming.interpret;

import io.physiowave.streaming.types.StateSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of a {@link LabelHistory}; its own version byte lets the form grow. */
public final class LabelHistorySerializer extends StateSerializer<LabelHistory> {
  private static final long serialVersionUID = 1L;

  /** The one instance that is needed. */
  static final LabelHistorySerializer INSTANCE = new LabelHistorySerializer();

  private LabelHistorySerializer() {}

  @Override
  public LabelHistory createInstance() {
    return new LabelHistory();
  }

  @Override
  public LabelHistory copy(LabelHistory from) {
    try {
      return from.copy();
    } catch (IOException e) {
      throw new UncheckedIOException("a stream's history cannot be copied in memory", e);
    }
  }

  @Override
  public void serialize(LabelHistory history, DataOutputView out) throws IOException {
    history.writeTo(out);
  }

  @Override
  public LabelHistory deserialize(DataInputView in) throws IOException {
    return LabelHistory.readFrom(in);
  }

  @Override
  public TypeSerializerSnapshot<LabelHistory> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<LabelHistory> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
