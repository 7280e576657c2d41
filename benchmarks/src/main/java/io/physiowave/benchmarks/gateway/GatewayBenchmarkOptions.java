package io.physiowave.benchmarks.gateway;

import java.time.Duration;
import java.util.List;

/**
 * What is measured.
 *
 * @param devices that send, 1 or more
 * @param frameMillis signal in one frame, milliseconds
 * @param listeners numbers of listeners, each 1 or more; none to measure no labels
 * @param load share of the capacity that is offered where times are measured, in (0, 1)
 * @param warmUpRuns most runs before a row's first measurement, 1 or more
 * @param duration of one measurement
 */
public record GatewayBenchmarkOptions(
    int devices,
    double frameMillis,
    List<Integer> listeners,
    double load,
    int warmUpRuns,
    Duration duration) {
  public GatewayBenchmarkOptions {
    listeners = List.copyOf(listeners);
  }
}
