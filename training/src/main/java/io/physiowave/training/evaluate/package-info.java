/** Trained models opened for evaluation, whichever engine runs them. */
package io.physiowave.training.evaluate;
