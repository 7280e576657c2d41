package io.physiowave.training.export;

import java.util.Map;

/** A trained model on its way out: how its graph is written, and how its own engine answers. */
public interface ExportSubject extends AutoCloseable {
  /** What of the model it is. */
  ExportKind kind();

  /** The ONNX file. */
  byte[] write(OnnxExporter exporter);

  /** The answers of the training engine to each output of the graph that is compared. */
  Map<String, ExportCheck.Reference> references();

  @Override
  void close();
}
