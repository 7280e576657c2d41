package io.physiowave.streaming.control;

import io.physiowave.streaming.model.Canary;

/**
 * A release that should serve a share of the streams.
 *
 * @param version a published version
 * @param share of the streams, more than 0 and less than 1
 */
public record CanaryRelease(String version, double share) {
  public CanaryRelease {
    Canary.requireShare(share);
  }
}
