package io.physiowave.training.model;

import org.bytedeco.pytorch.Tensor;

/**
 * What a task head gives.
 *
 * @param logits raw outputs before any softmax or sigmoid, {@code [B, outputs]}
 * @param embedding the pooled features that the head reads, {@code [B, D]}
 */
public record Prediction(Tensor logits, Tensor embedding) {}
