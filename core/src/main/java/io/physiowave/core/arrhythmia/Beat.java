package io.physiowave.core.arrhythmia;

/**
 * A classified beat.
 *
 * @param sample its place, in samples of the stream
 * @param kind its class
 * @param probability of the class, in [0, 1]
 */
public record Beat(long sample, BeatKind kind, float probability) {}
