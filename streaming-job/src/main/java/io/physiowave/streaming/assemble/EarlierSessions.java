package io.physiowave.streaming.assemble;

import io.physiowave.streaming.types.BinaryFields;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The sessions of a stream that others have followed, oldest first. Immutable.
 *
 * <p>A device that connects anew several times in a row leaves frames of all these sessions on
 * their way. Each stray one of a session that is not remembered would begin that session anew, and
 * end the present one for good.
 *
 * @param ids at most {@value #MAXIMUM}
 */
record EarlierSessions(List<String> ids) {
  /** Most sessions remembered. */
  static final int MAXIMUM = 8;

  static final EarlierSessions NONE = new EarlierSessions(List.of());

  EarlierSessions {
    ids = List.copyOf(ids);
  }

  /** As savepoints of earlier versions hold it. */
  static EarlierSessions ofOne(String sessionId) {
    return sessionId == null ? NONE : new EarlierSessions(List.of(sessionId));
  }

  boolean contains(String sessionId) {
    return ids.contains(sessionId);
  }

  /** With one more, in place of the oldest if there are too many. */
  EarlierSessions with(String sessionId) {
    List<String> more = new ArrayList<>(ids);
    more.add(sessionId);
    return new EarlierSessions(more.subList(Math.max(0, more.size() - MAXIMUM), more.size()));
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeByte(ids.size());
    for (String id : ids) {
      BinaryFields.writeText(id, out);
    }
  }

  static EarlierSessions readFrom(DataInput in) throws IOException {
    int count = in.readByte();
    List<String> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ids.add(BinaryFields.readText(in));
    }
    return count == 0 ? NONE : new EarlierSessions(ids);
  }
}
