/** Measurements of training and inference, each as a ratio within one run. */
package io.physiowave.training.bench;
