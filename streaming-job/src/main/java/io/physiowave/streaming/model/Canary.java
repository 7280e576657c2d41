package io.physiowave.streaming.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;

/**
 * A model that serves a share of the streams.
 *
 * @param model the model
 * @param share of all streams, more than 0 and less than 1
 */
public record Canary(ServedModel model, double share) {
  private static final double POSITIONS = 4_294_967_296.0;

  public Canary {
    Objects.requireNonNull(model, "model");
    requireShare(share);
  }

  /**
   * Checks a share.
   *
   * @throws IllegalArgumentException unless it is more than 0 and less than 1
   */
  public static double requireShare(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "canary share is " + share + "; expected more than 0 and less than 1");
    }
    return share;
  }

  /** Whether a stream is among the share; a larger share keeps every stream of a smaller one. */
  public boolean takes(String streamId) {
    return position(streamId) < share;
  }

  /** A stream's place in [0, 1): the first 32 bits of the SHA-256 of its id in UTF-8. */
  static double position(String streamId) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(streamId.getBytes(StandardCharsets.UTF_8));
      long first = 0;
      for (int i = 0; i < Integer.BYTES; i++) {
        first = first << Byte.SIZE | (hash[i] & 0xFF);
      }
      return first / POSITIONS;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
