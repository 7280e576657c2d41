package io.physiowave.training.export;

import io.physiowave.training.model.FusedModel;
import io.physiowave.training.model.PhysioWaveModel;
import io.physiowave.training.model.Scopes;
import io.physiowave.training.model.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A fusion of several signals. */
public final class FusionSubject implements ExportSubject {
  private final FusionParts parts;
  private final Map<String, PhysioWaveModel> encoders = new LinkedHashMap<>();
  private final FusedModel model;

  /**
   * Takes a fusion.
   *
   * @throws IllegalArgumentException when weights do not fit
   */
  public FusionSubject(FusionParts parts) {
    this.parts = parts;
    parts
        .signals()
        .forEach(
            (name, signal) -> {
              PhysioWaveModel encoder = PhysioWaveModel.create(signal.config(), 0);
              encoders.put(name, encoder);
              encoder.load(signal.weights());
            });
    model = FusedModel.create(encoders, parts.head(), 0);
    model.load(parts.weights());
    model.train(false);
  }

  @Override
  public ExportKind kind() {
    return ExportKind.FUSION;
  }

  @Override
  public byte[] write(OnnxExporter exporter) {
    return exporter.fusion(parts);
  }

  @Override
  public Map<String, ExportCheck.Reference> references() {
    return Map.of(kind().comparedOutput(), this::logits);
  }

  private float[] logits(Map<String, float[]> windows, int batch) {
    return Scopes.freeing(
        () -> Scopes.withoutGradient(() -> Tensors.floats(model.logits(inputs(windows, batch)))));
  }

  private Map<String, Tensor> inputs(Map<String, float[]> windows, int batch) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    parts
        .signals()
        .forEach(
            (name, signal) ->
                inputs.put(
                    name,
                    Tensor.create(
                        windows.get(name), batch, signal.config().inputRows(), signal.time())));
    return inputs;
  }

  @Override
  public void close() {
    model.close();
    encoders.values().forEach(PhysioWaveModel::close);
  }
}
