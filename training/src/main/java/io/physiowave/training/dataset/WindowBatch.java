package io.physiowave.training.dataset;

/**
 * Windows as the model sees them, and what it should say.
 *
 * @param number place of the batch within its epoch, from 0
 * @param size number of windows B
 * @param windows row-major {@code [B][inputRows][windowSamples]}
 * @param targets row-major {@code [B][classes]}: 1 for the class or each label that holds, or their
 *     shares when windows were mixed
 * @param indices the windows' numbers in their set
 */
public record WindowBatch(int number, int size, float[] windows, float[] targets, int[] indices) {}
