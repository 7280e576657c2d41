package io.physiowave.training.measure;

import io.physiowave.training.model.PhysioWaveModel;
import io.physiowave.training.model.Scopes;
import io.physiowave.training.model.Tensors;
import io.physiowave.training.run.TrainingDevice;

/** The trained model in the engine that trains it. */
public final class TorchModel implements WindowModel {
  private final PhysioWaveModel model;
  private final TrainingDevice device;

  /**
   * Takes a model that is in evaluation mode whenever it is asked.
   *
   * @param device where its parameters lie
   */
  public TorchModel(PhysioWaveModel model, TrainingDevice device) {
    this.model = model;
    this.device = device;
  }

  @Override
  public float[] logits(float[] windows, int batch) {
    int rows = model.config().inputRows();
    return Scopes.freeing(
        () ->
            Scopes.withoutGradient(
                () -> Tensors.floats(model.logits(device.placeWindows(windows, batch, rows)))));
  }
}
