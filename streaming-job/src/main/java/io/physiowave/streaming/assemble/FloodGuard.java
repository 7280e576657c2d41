package io.physiowave.streaming.assemble;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.streaming.options.AssembleOptions;

/**
 * Keeps one device from spoiling the others' latency: a leaky bucket of signal for each stream,
 * counted by the broker's clock so that a replay decides alike.
 *
 * <p>Each frame adds its length in seconds; the bucket loses {@code floodRate} seconds a second and
 * holds {@code floodBurst}.
 */
final class FloodGuard {
  /** Frames cost something however short they are. */
  private static final double LEAST_SECONDS = 0.001;

  private FloodGuard() {}

  /**
   * Counts a frame, unless it is one too many.
   *
   * @param state of the frame's stream; changed
   * @param arrivalMillis the broker's clock; may step back
   * @return false when the frame must be refused
   */
  static boolean admits(
      AssemblyState state, SignalFrame frame, long arrivalMillis, AssembleOptions options) {
    if (options.floodRate() == 0) {
      return true;
    }
    double burst = options.floodBurst().toMillis() / 1000.0;
    double elapsed = Math.max(0, arrivalMillis - state.surplusMillis) / 1000.0;
    double level = Math.max(0, state.surplusSeconds - elapsed * options.floodRate());
    double length =
        Math.min(burst, Math.max(LEAST_SECONDS, frame.sampleCount() / frame.sampleRateHz()));
    boolean admitted = level + length <= burst;
    state.surplusSeconds = admitted ? level + length : level;
    state.surplusMillis = arrivalMillis;
    return admitted;
  }
}
