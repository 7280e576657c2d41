package io.physiowave.streaming.stabilise;

import io.physiowave.streaming.types.RecordSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link RecentVotes}; its own version byte lets the form grow. */
public final class RecentVotesSerializer extends RecordSerializer<RecentVotes> {
  private static final long serialVersionUID = 1L;

  /** The one instance that is needed. */
  static final RecentVotesSerializer INSTANCE = new RecentVotesSerializer();

  private RecentVotesSerializer() {}

  @Override
  public void serialize(RecentVotes votes, DataOutputView out) throws IOException {
    votes.writeTo(out);
  }

  @Override
  public RecentVotes deserialize(DataInputView in) throws IOException {
    return RecentVotes.readFrom(in);
  }

  @Override
  public TypeSerializerSnapshot<RecentVotes> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RecentVotes> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
