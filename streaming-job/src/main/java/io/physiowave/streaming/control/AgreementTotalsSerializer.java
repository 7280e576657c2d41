package io.physiowave.streaming.control;

import io.physiowave.streaming.types.RecordSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link AgreementTotals}; its own version byte lets the form grow. */
public final class AgreementTotalsSerializer extends RecordSerializer<AgreementTotals> {
  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  /** The one instance that is needed. */
  static final AgreementTotalsSerializer INSTANCE = new AgreementTotalsSerializer();

  private AgreementTotalsSerializer() {}

  @Override
  public void serialize(AgreementTotals totals, DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(totals.windows());
    out.writeLong(totals.agreed());
    out.writeBoolean(totals.isReportDue());
  }

  @Override
  public AgreementTotals deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "saved agreement has form " + version + "; this version reads " + VERSION);
    }
    return new AgreementTotals(in.readLong(), in.readLong(), in.readBoolean());
  }

  @Override
  public TypeSerializerSnapshot<AgreementTotals> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<AgreementTotals> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
