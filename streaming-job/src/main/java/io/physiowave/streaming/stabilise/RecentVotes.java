package io.physiowave.streaming.stabilise;

import io.physiowave.streaming.types.BinaryFields;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The last windows of one session, each with the label it votes for. Immutable.
 *
 * <p>A window without a label abstains but takes its place, so that votes grow old while the signal
 * is bad.
 */
final class RecentVotes {
  private static final int VERSION = 1;
  static final RecentVotes NONE = new RecentVotes("", "", 0, new int[0]);

  private final String sessionId;
  private final String sha256;
  private final long endSample;
  private final int[] votes;

  private RecentVotes(String sessionId, String sha256, long endSample, int[] votes) {
    this.sessionId = sessionId;
    this.sha256 = sha256;
    this.endSample = endSample;
    this.votes = votes;
  }

  /**
   * With a window more, of which the last {@code maximum} remain. A new session, another model, a
   * gap between the windows or a window before the last one starts anew.
   *
   * @param vote label voted for, or {@link Verdict#NONE}
   */
  RecentVotes with(
      String session, String model, long startSample, long endSampleNow, int vote, int maximum) {
    boolean follows = startSample <= endSample && endSampleNow >= endSample;
    boolean goesOn = sessionId.equals(session) && sha256.equals(model) && follows;
    int kept = goesOn ? Math.min(votes.length, maximum - 1) : 0;
    int[] latest = Arrays.copyOfRange(votes, votes.length - kept, votes.length + 1);
    latest[kept] = vote;
    return new RecentVotes(session, model, endSampleNow, latest);
  }

  /** The label with most votes; of several, the one voted for last; NONE without any vote. */
  int winner(int labels) {
    int[] counts = new int[labels];
    int winner = Verdict.NONE;
    for (int vote : votes) {
      if (vote != Verdict.NONE) {
        counts[vote]++;
      }
    }
    for (int i = votes.length - 1; i >= 0; i--) {
      if (votes[i] != Verdict.NONE
          && (winner == Verdict.NONE || counts[votes[i]] > counts[winner])) {
        winner = votes[i];
      }
    }
    return winner;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    BinaryFields.writeText(sessionId, out);
    BinaryFields.writeText(sha256, out);
    out.writeLong(endSample);
    out.writeShort(votes.length);
    for (int vote : votes) {
      out.writeShort(vote);
    }
  }

  static RecentVotes readFrom(DataInput in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "the saved votes of a stream have form " + version + "; this version reads " + VERSION);
    }
    String session = BinaryFields.readText(in);
    String model = BinaryFields.readText(in);
    long end = in.readLong();
    int[] votes = new int[in.readShort()];
    for (int i = 0; i < votes.length; i++) {
      votes[i] = in.readShort();
    }
    return new RecentVotes(session, model, end, votes);
  }
}
