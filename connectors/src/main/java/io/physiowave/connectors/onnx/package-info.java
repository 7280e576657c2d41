/** ONNX Runtime's environment, which training, job and benches share a process with. */
package io.physiowave.connectors.onnx;
