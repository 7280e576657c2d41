package io.physiowave.training.evaluate;

import io.physiowave.training.export.OnnxModel;
import io.physiowave.training.measure.WindowModel;
import java.io.IOException;
import java.nio.FloatBuffer;

/** An exported model in ONNX Runtime. */
public final class OnnxWindowModel implements WindowModel {
  private final OnnxModel model;

  public OnnxWindowModel(OnnxModel model) {
    this.model = model;
  }

  @Override
  public float[] logits(float[] windows, int batch) throws IOException {
    return model.run(FloatBuffer.wrap(windows), batch).logits();
  }
}
