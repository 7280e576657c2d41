package io.physiowave.connectors.recording.epn612;

import java.util.Optional;

/**
 * One repetition of a gesture.
 *
 * @param set where it stands in the user's file
 * @param name its key there, e.g. {@code idx_17}
 * @param gesture what the user was asked to do; empty where the publisher keeps it back
 * @param emg {@code float[8][samples]} at 200 Hz: the armband's 8-bit counts, -128 to 127
 */
public record EpnSample(Set set, String name, Optional<String> gesture, float[][] emg) {

  /** The two halves of a user's samples. */
  public enum Set {
    /** {@code trainingSamples}. */
    TRAINING,
    /** {@code testingSamples}. */
    TESTING
  }
}
