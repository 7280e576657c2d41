package io.physiowave.training.export;

import io.physiowave.training.model.PhysioWaveModel;
import io.physiowave.training.model.Scopes;
import io.physiowave.training.model.Tensors;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/** A trained model in the engine that trained it. */
public final class TorchReference implements ExportCheck.Reference {
  private final PhysioWaveModel model;
  private final UnaryOperator<Tensor> answer;
  private final int samples;

  private TorchReference(PhysioWaveModel model, UnaryOperator<Tensor> answer, int samples) {
    this.model = model;
    this.answer = answer;
    this.samples = samples;
    model.train(false);
  }

  /**
   * Answers with the logits of the task's head; switches the model to evaluation.
   *
   * @param samples of a window
   */
  public static TorchReference logits(PhysioWaveModel model, int samples) {
    return new TorchReference(model, model::logits, samples);
  }

  /** Answers with the pooled features. */
  public static TorchReference embedding(PhysioWaveModel model, int samples) {
    return new TorchReference(model, model::embedding, samples);
  }

  @Override
  public float[] answer(Map<String, float[]> windows, int batch) {
    return Scopes.freeing(
        () ->
            Scopes.withoutGradient(
                () ->
                    Tensors.floats(
                        answer.apply(
                            Tensor.create(
                                windows.get(OnnxExporter.WINDOW),
                                batch,
                                model.config().inputRows(),
                                samples)))));
  }
}
