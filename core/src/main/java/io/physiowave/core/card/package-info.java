/** The model card that travels inside every exported ONNX file. */
package io.physiowave.core.card;
