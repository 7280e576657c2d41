package io.physiowave.streaming.options;

import java.io.Serializable;

/**
 * What is taken for a frame.
 *
 * @param maximumFrameBytes longer records are rejected, 1 kB to 64 MB
 */
public record DecodeOptions(int maximumFrameBytes) implements Serializable {
  public DecodeOptions {
    new Problems()
        .require(
            maximumFrameBytes >= 1_000 && maximumFrameBytes <= 64_000_000,
            "decode.max-frame-bytes is %d; expected 1000 to 64000000",
            maximumFrameBytes)
        .throwIfAny();
  }
}
