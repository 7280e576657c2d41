package io.physiowave.training.evaluate;

import io.physiowave.training.export.OnnxModel;
import io.physiowave.training.measure.WindowModel;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An exported model in ONNX Runtime. */
public final class OnnxWindowModel implements WindowModel {
  private final OnnxModel model;
  private final List<String> outputs;

  /**
   * Takes a model on one signal or on several.
   *
   * @param outputs of the graph that hold logits; their values stand side by side in the answers
   */
  public OnnxWindowModel(OnnxModel model, List<String> outputs) {
    this.model = model;
    this.outputs = List.copyOf(outputs);
  }

  @Override
  public float[] logits(float[] windows, int batch) throws IOException {
    Map<String, float[]> answers = model.run(signals(windows, batch), batch);
    if (outputs.size() == 1) {
      return answers.get(outputs.get(0));
    }
    List<float[]> parts = outputs.stream().map(answers::get).toList();
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int place = 0;
    for (int window = 0; window < batch; window++) {
      for (float[] part : parts) {
        int width = part.length / batch;
        System.arraycopy(part, window * width, all, place, width);
        place += width;
      }
    }
    return all;
  }

  /** The values of a window are those of its signals one after the other. */
  private Map<String, FloatBuffer> signals(float[] windows, int batch) {
    Map<String, long[]> inputs = model.inputs();
    if (inputs.size() == 1) {
      return Map.of(inputs.keySet().iterator().next(), FloatBuffer.wrap(windows));
    }
    Map<String, FloatBuffer> signals = new LinkedHashMap<>();
    int length = windows.length / batch;
    int from = 0;
    for (Map.Entry<String, long[]> input : inputs.entrySet()) {
      int own = (int) (input.getValue()[1] * input.getValue()[2]);
      float[] values = new float[batch * own];
      for (int window = 0; window < batch; window++) {
        System.arraycopy(windows, window * length + from, values, window * own, own);
      }
      signals.put(input.getKey(), FloatBuffer.wrap(values));
      from += own;
    }
    return signals;
  }
}
