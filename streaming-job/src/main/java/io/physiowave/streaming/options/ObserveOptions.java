package io.physiowave.streaming.options;

import java.util.Objects;
import java.util.Optional;

/**
 * How the job is seen from outside.
 *
 * @param prometheusPort port on which a job in its own process shows its metrics, 1 to 65535
 * @param traces whether frames that a gateway chose to trace are traced on
 */
public record ObserveOptions(Optional<Integer> prometheusPort, boolean traces) {
  public ObserveOptions {
    Objects.requireNonNull(prometheusPort, "prometheusPort");
    int port = prometheusPort.orElse(1);
    new Problems()
        .require(
            port >= 1 && port <= 65_535,
            "observe.prometheus-port is %d; expected 1 to 65535, or nothing",
            port)
        .throwIfAny();
  }
}
