/** Writes a trained model as an ONNX graph that eats raw windows, with its card inside. */
package io.physiowave.training.export;
