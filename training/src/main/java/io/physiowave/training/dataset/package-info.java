/**
 * Prepared windows: their HDF5 files ({@code data} and {@code label}), what they are, and how they
 * are drawn and varied for training.
 */
package io.physiowave.training.dataset;
