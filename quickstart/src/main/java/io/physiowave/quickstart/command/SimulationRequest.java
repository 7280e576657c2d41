package io.physiowave.quickstart.command;

import io.physiowave.quickstart.gateway.SimulatedGateways;
import java.util.Optional;

/**
 * What the user wants simulated.
 *
 * @param ecgStreams patients; empty leaves it to the models
 * @param emgStreams arms; empty leaves it to the models
 * @param seed same seed, same samples
 * @param speed seconds of signal per second
 */
record SimulationRequest(
    Optional<Integer> ecgStreams, Optional<Integer> emgStreams, long seed, double speed) {
  private static final int ECG_STREAMS = 3;
  private static final int EMG_STREAMS = 2;

  /**
   * The gateways: as many as asked for, otherwise some of each kind that a model serves.
   *
   * @throws IllegalArgumentException when a count is out of range or there is none at all
   */
  SimulatedGateways gateways(boolean ecgServed, boolean emgServed) {
    return new SimulatedGateways(
        ecgStreams.orElse(ecgServed ? ECG_STREAMS : 0),
        emgStreams.orElse(emgServed ? EMG_STREAMS : 0),
        seed,
        speed);
  }
}
