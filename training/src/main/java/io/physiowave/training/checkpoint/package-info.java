/**
 * Weights on disk: this project's resumable checkpoints, and the {@code .pth} files of PyTorch in
 * both directions.
 */
package io.physiowave.training.checkpoint;
