package io.physiowave.training.export;

import io.physiowave.training.checkpoint.MultiTaskCheckpoint;
import io.physiowave.training.model.MultiTaskModel;
import io.physiowave.training.model.Scopes;
import io.physiowave.training.model.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A model of one signal with a head for each of several tasks. */
public final class TasksSubject implements ExportSubject {
  private final MultiTaskCheckpoint checkpoint;
  private final int samples;
  private final MultiTaskModel model;

  /**
   * Takes a model.
   *
   * @param samples of a window
   * @throws IllegalArgumentException when the weights do not fit the configuration
   */
  public TasksSubject(MultiTaskCheckpoint checkpoint, int samples) {
    this.checkpoint = checkpoint;
    this.samples = samples;
    model = MultiTaskModel.create(checkpoint.config(), checkpoint.tasks(), 0);
    model.load(checkpoint.weights());
    model.train(false);
  }

  @Override
  public ExportKind kind() {
    return ExportKind.TASKS;
  }

  @Override
  public byte[] write(OnnxExporter exporter) {
    return exporter.tasks(checkpoint.config(), checkpoint.tasks(), checkpoint.weights(), samples);
  }

  @Override
  public Map<String, ExportCheck.Reference> references() {
    Map<String, ExportCheck.Reference> references = new LinkedHashMap<>();
    for (String task : checkpoint.tasks().tasks().keySet()) {
      references.put(task + OnnxExporter.LOGITS, (windows, batch) -> logits(task, windows, batch));
    }
    return references;
  }

  private float[] logits(String task, Map<String, float[]> windows, int batch) {
    float[] values = windows.get(OnnxExporter.WINDOW);
    int rows = checkpoint.config().inputRows();
    return Scopes.freeing(
        () ->
            Scopes.withoutGradient(
                () -> {
                  Tensor input = Tensor.create(values, batch, rows, samples);
                  return Tensors.floats(model.outputs(input).get(task));
                }));
  }

  @Override
  public void close() {
    model.close();
  }
}
