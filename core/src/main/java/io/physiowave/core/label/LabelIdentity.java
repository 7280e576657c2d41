package io.physiowave.core.label;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Derives a label's identity from what it is about, so that a replay repeats it. */
public final class LabelIdentity {
  private LabelIdentity() {}

  /**
   * A name-based UUID (RFC 9562, version 3) over stream, session, start sample and model hash.
   *
   * @param startSample first sample of the window, or the beat's sample for beat labels
   */
  public static String of(
      String streamId, String sessionId, long startSample, ModelReference model) {
    String name =
        streamId.length()
            + ":"
            + streamId
            + sessionId.length()
            + ":"
            + sessionId
            + startSample
            + ":"
            + model.sha256();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
