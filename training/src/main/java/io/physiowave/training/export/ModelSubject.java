package io.physiowave.training.export;

import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.PhysioWaveModel;
import java.util.Map;

/** A model of one signal, with its task's head or without. */
public final class ModelSubject implements ExportSubject {
  private final ExportKind kind;
  private final ModelConfig config;
  private final ModelWeights weights;
  private final int samples;
  private final PhysioWaveModel model;

  /**
   * Takes a model.
   *
   * @param kind classifier or encoder
   * @param samples of a window
   * @throws IllegalArgumentException when the weights do not fit the configuration
   */
  public ModelSubject(ExportKind kind, ModelConfig config, ModelWeights weights, int samples) {
    this.kind = kind;
    this.config = config;
    this.weights = weights;
    this.samples = samples;
    model = PhysioWaveModel.create(config, 0);
    model.load(weights);
  }

  @Override
  public ExportKind kind() {
    return kind;
  }

  @Override
  public byte[] write(OnnxExporter exporter) {
    return kind == ExportKind.ENCODER
        ? exporter.encoder(config, weights, samples)
        : exporter.classifier(config, weights, samples);
  }

  @Override
  public Map<String, ExportCheck.Reference> references() {
    return Map.of(
        kind.comparedOutput(),
        kind == ExportKind.ENCODER
            ? TorchReference.embedding(model, samples)
            : TorchReference.logits(model, samples));
  }

  @Override
  public void close() {
    model.close();
  }
}
