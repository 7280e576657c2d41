/**
 * The numbers by which two implementations of the model are compared: values of each stage, losses,
 * gradients and one optimizer step on given weights and windows.
 */
package io.physiowave.training.golden;
