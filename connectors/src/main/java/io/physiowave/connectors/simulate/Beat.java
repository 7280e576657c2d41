package io.physiowave.connectors.simulate;

/**
 * One simulated beat.
 *
 * @param kind how it came about
 * @param seconds time of its R peak since the start
 * @param precedingInterval RR interval before it, s; for the timing of its T wave
 * @param scale of its amplitude, around 1
 * @param rhythm the rhythm it belongs to, as a WFDB rhythm string such as {@code (N} or {@code
 *     (AFIB}
 */
record Beat(BeatKind kind, double seconds, double precedingInterval, double scale, String rhythm) {}
