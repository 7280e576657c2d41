/** A model's answers to a data set, and the figures that say how good they are. */
package io.physiowave.training.measure;
