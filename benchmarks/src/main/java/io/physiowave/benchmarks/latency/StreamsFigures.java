package io.physiowave.benchmarks.latency;

/**
 * What a number of streams makes of the same total rate.
 *
 * @param streams devices
 * @param capacityWindowsPerSecond windows a second when all frames lie in Kafka beforehand
 * @param latencyMillis at the rate that all numbers of streams are given, with checkpoints
 */
public record StreamsFigures(
    int streams, double capacityWindowsPerSecond, LatencyMillis latencyMillis) {}
