package io.physiowave.benchmarks.gateway;

/**
 * Frames through one door of the gateway.
 *
 * @param framesPerSecond frames that Kafka had, a second, when each device sends as soon as it may
 * @param samplesPerSecond samples in them, all channels
 * @param gatewayCpuMicrosPerFrame processor time of the gateway's threads, which leaves out devices
 *     and broker, microseconds
 * @param offeredFramesPerSecond a share of the capacity
 * @param answerMillis at that rate, from the moment at which a frame was due to its answer
 */
public record DoorFigures(
    double framesPerSecond,
    double samplesPerSecond,
    double gatewayCpuMicrosPerFrame,
    double offeredFramesPerSecond,
    Millis answerMillis) {}
