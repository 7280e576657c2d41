package io.physiowave.streaming.calibrate;

/**
 * A window during which the wearer did one thing.
 *
 * @param label what, one of the model's labels
 * @param round in which repetition, 1 or more
 * @param input {@code float[channels * samples]}, as the model reads it
 */
record HeldWindow(String label, int round, float[] input) {}
