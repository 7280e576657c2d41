package io.physiowave.gateway.intake;

import io.physiowave.core.frame.InvalidFrameException;
import io.physiowave.core.frame.SignalFrameJson;
import java.io.UncheckedIOException;

/**
 * What a device sent for a frame.
 *
 * @param protobuf bytes that should be a frame; null where there are none
 * @param problem why there are none; null otherwise
 */
public record Submission(byte[] protobuf, String problem) {
  /** Bytes that should be a frame. */
  public static Submission protobuf(byte[] bytes) {
    return new Submission(bytes, null);
  }

  /** A text, UTF-8, that should be the JSON form of one frame. */
  public static Submission json(byte[] utf8) {
    try {
      return protobuf(SignalFrameJson.read(utf8).toByteArray());
    } catch (InvalidFrameException e) {
      return broken(e);
    } catch (UncheckedIOException e) {
      return broken(JsonFrames.notText(e.getCause()));
    }
  }

  /** What could not be read. */
  public static Submission broken(InvalidFrameException problem) {
    return new Submission(null, problem.getMessage());
  }
}
