package io.physiowave.training.golden;

/**
 * What the numbers are computed from.
 *
 * @param windows {@code [B, C, T]}
 * @param labels one class per window
 * @param maskNoise uniform in 0 to 1, {@code [B, L]}
 */
record GoldenInput(GoldenArray windows, long[] labels, GoldenArray maskNoise) {}
