/** What a trained model is worth: its answers to a data set, and the figures that follow. */
package io.physiowave.training.evaluate;
