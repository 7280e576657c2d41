package io.physiowave.benchmarks.gateway;

/**
 * Labels to listeners, each of a stream of its own.
 *
 * @param listeners WebSockets that listen
 * @param labelsPerSecond labels that reached them, a second, when they come as fast as they are
 *     read
 * @param gatewayCpuMicrosPerLabel processor time of the gateway's threads, which leaves out
 *     listeners and broker, microseconds
 * @param offeredLabelsPerSecond a share of the capacity
 * @param receiptMillis at that rate, from the broker's append time to the listener, by the clock of
 *     the machine that both share, in steps of a millisecond
 */
public record ListenerFigures(
    int listeners,
    double labelsPerSecond,
    double gatewayCpuMicrosPerLabel,
    double offeredLabelsPerSecond,
    Millis receiptMillis) {}
