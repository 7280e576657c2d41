package io.physiowave.streaming.model;

import io.physiowave.streaming.types.RecordSerializer;
import io.physiowave.streaming.types.RecordType;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link ModelCandidates}; its own version byte lets the form grow. */
public final class ModelCandidatesSerializer extends RecordSerializer<ModelCandidates> {
  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  /** The one instance that is needed. */
  public static final ModelCandidatesSerializer INSTANCE = new ModelCandidatesSerializer();

  /** For Flink. */
  public static final TypeInformation<ModelCandidates> TYPE =
      new RecordType<>(ModelCandidates.class, INSTANCE);

  private ModelCandidatesSerializer() {}

  @Override
  public void serialize(ModelCandidates candidates, DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    writeOptional(candidates.shadow(), out);
    writeOptional(candidates.canary().map(Canary::model), out);
    out.writeDouble(candidates.canary().map(Canary::share).orElse(0.0));
  }

  @Override
  public ModelCandidates deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "the saved candidates have form " + version + "; this version reads " + VERSION);
    }
    Optional<ServedModel> shadow = readOptional(in);
    Optional<ServedModel> canary = readOptional(in);
    double share = in.readDouble();
    return new ModelCandidates(shadow, canary.map(model -> new Canary(model, share)));
  }

  /** Writes a model that may be absent. */
  public static void writeOptional(Optional<ServedModel> model, DataOutputView out)
      throws IOException {
    out.writeBoolean(model.isPresent());
    if (model.isPresent()) {
      ServedModelSerializer.INSTANCE.serialize(model.get(), out);
    }
  }

  /** Reads what {@link #writeOptional} wrote. */
  public static Optional<ServedModel> readOptional(DataInputView in) throws IOException {
    return in.readBoolean()
        ? Optional.of(ServedModelSerializer.INSTANCE.deserialize(in))
        : Optional.empty();
  }

  @Override
  public TypeSerializerSnapshot<ModelCandidates> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ModelCandidates> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
