package io.physiowave.training.export;

/** A trained model on its way out: how its graph is written, and how its own engine answers. */
public interface ExportSubject extends AutoCloseable {
  /** What of the model it is. */
  ExportKind kind();

  /** The ONNX file. */
  byte[] write(OnnxExporter exporter);

  /** The answers of the training engine to the kind's compared output. */
  ExportCheck.Reference reference();

  @Override
  void close();
}
