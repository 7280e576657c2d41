package io.physiowave.streaming.control;

import io.physiowave.streaming.model.ModelCandidatesSerializer;
import io.physiowave.streaming.types.BinaryFields;
import io.physiowave.streaming.types.RecordSerializer;
import io.physiowave.streaming.types.TopicRecordSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of a {@link CheckedWish}; it passes between operators and is never saved. */
final class CheckedWishSerializer extends RecordSerializer<CheckedWish> {
  private static final long serialVersionUID = 1L;

  static final CheckedWishSerializer INSTANCE = new CheckedWishSerializer();

  private CheckedWishSerializer() {}

  @Override
  public void serialize(CheckedWish wish, DataOutputView out) throws IOException {
    TopicRecordSerializer.INSTANCE.serialize(wish.record(), out);
    out.writeInt(wish.releases().size());
    for (CheckedRelease release : wish.releases()) {
      BinaryFields.writeText(release.version(), out);
      ModelCandidatesSerializer.writeOptional(release.model(), out);
      BinaryFields.writeText(release.refusal(), out);
    }
  }

  @Override
  public CheckedWish deserialize(DataInputView in) throws IOException {
    var record = TopicRecordSerializer.INSTANCE.deserialize(in);
    int count = in.readInt();
    List<CheckedRelease> releases = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      releases.add(
          new CheckedRelease(
              BinaryFields.readText(in),
              ModelCandidatesSerializer.readOptional(in),
              BinaryFields.readText(in)));
    }
    return new CheckedWish(record, releases);
  }

  @Override
  public TypeSerializerSnapshot<CheckedWish> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<CheckedWish> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
