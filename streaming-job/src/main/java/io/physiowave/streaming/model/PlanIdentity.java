package io.physiowave.streaming.model;

import io.physiowave.core.window.WindowPlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Tells whether saved windows are of a plan.
 *
 * @param digest of everything about the plan that a saved windower depends on; short, since every
 *     stream saves it
 * @param text the same in words, which the first savepoints hold in place of the digest
 */
public record PlanIdentity(String digest, String text) {
  private static final String ALGORITHM = "SHA-256";

  /** The identity of a plan. */
  public static PlanIdentity of(WindowPlan plan) {
    String text =
        String.join(
            "|",
            List.of(
                plan.windowing().toString(),
                plan.modelRateHz() + " Hz",
                plan.modelUnit(),
                plan.channels().toString(),
                plan.filters().toString(),
                plan.streamRateHz() + " Hz",
                plan.streamChannels().toString(),
                plan.streamUnit()));
    return new PlanIdentity(digest(text), text);
  }

  private static String digest(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance(ALGORITHM);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks " + ALGORITHM, e);
    }
  }

  /** Whether it is what a savepoint names, in either form. */
  public boolean isNamed(String saved) {
    return digest.equals(saved) || text.equals(saved);
  }
}
