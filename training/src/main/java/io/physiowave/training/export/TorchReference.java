package io.physiowave.training.export;

import io.physiowave.training.model.PhysioWaveModel;
import io.physiowave.training.model.Scopes;
import io.physiowave.training.model.Tensors;
import org.bytedeco.pytorch.Tensor;

/** The trained model in the engine that trained it. */
public final class TorchReference implements ExportCheck.Reference {
  private final PhysioWaveModel model;
  private final int samples;

  /**
   * Switches the model to evaluation.
   *
   * @param samples of a window
   */
  public TorchReference(PhysioWaveModel model, int samples) {
    this.model = model;
    this.samples = samples;
    model.train(false);
  }

  @Override
  public float[] logits(float[] windows, int batch) {
    return Scopes.freeing(
        () ->
            Scopes.withoutGradient(
                () ->
                    Tensors.floats(
                        model.logits(
                            Tensor.create(windows, batch, model.config().inputRows(), samples)))));
  }
}
