package io.physiowave.benchmarks.stream;

import ai.djl.engine.Engine;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.physiowave.connectors.onnx.OnnxEnvironment;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.infer.InferredWindow;
import io.physiowave.streaming.infer.WindowRole;
import io.physiowave.streaming.model.AssignedWindow;
import java.util.Arrays;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Inference as most people write it first: a session of its own in each subtask, as it comes,
 * nested arrays in, nested arrays out, one call a window.
 */
final class PerRecordInference extends RichMapFunction<AssignedWindow, InferredWindow> {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final Integer threadsPerCall;
  private transient OrtSession session;

  /**
   * The map.
   *
   * @param threadsPerCall as the job's {@code inference.threads}, so that only the design differs;
   *     null for what ONNX Runtime takes by itself, one a core, which is what most people run
   */
  PerRecordInference(String file, Integer threadsPerCall) {
    this.file = file;
    this.threadsPerCall = threadsPerCall;
  }

  @Override
  public void open(OpenContext context) throws OrtException {
    OnnxEnvironment.keep();
    Engine.getEngine("OnnxRuntime");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      if (threadsPerCall != null) {
        options.setIntraOpNumThreads(threadsPerCall);
      }
      session = OrtEnvironment.getEnvironment().createSession(file, options);
    }
  }

  @Override
  public InferredWindow map(AssignedWindow assigned) throws OrtException {
    SignalWindow window = assigned.window();
    ModelCard card = assigned.model().card();
    float[][][] input = new float[1][card.inputRows()][];
    for (int row = 0; row < card.inputRows(); row++) {
      input[0][row] =
          Arrays.copyOfRange(
              window.input(), row * card.windowSamples(), (row + 1) * card.windowSamples());
    }
    String name = session.getInputNames().iterator().next();
    try (OnnxTensor tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), input);
        OrtSession.Result result = session.run(Map.of(name, tensor))) {
      float[][] probabilities = (float[][]) result.get("probabilities").orElseThrow().getValue();
      return InferredWindow.of(
          window,
          assigned.model(),
          probabilities[0],
          System.currentTimeMillis() * 1000,
          WindowRole.SERVES,
          "");
    }
  }

  @Override
  public void close() throws OrtException {
    if (session != null) {
      session.close();
    }
  }
}
