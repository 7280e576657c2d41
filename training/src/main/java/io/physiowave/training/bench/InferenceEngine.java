package io.physiowave.training.bench;

import io.physiowave.training.export.GraphStyle;
import io.physiowave.training.export.OnnxExporter;
import io.physiowave.training.export.OnnxModel;
import io.physiowave.training.export.Precision;
import io.physiowave.training.measure.TorchModel;
import io.physiowave.training.measure.WindowModel;
import io.physiowave.training.model.AttentionKernel;
import io.physiowave.training.model.HeadConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.PhysioWaveModel;
import io.physiowave.training.run.TrainingDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;

/** One way to answer a window. */
public enum InferenceEngine {
  /** libtorch, operator by operator, with the published form of attention. */
  TORCH("torch", false, Precision.FP32, 1.25),
  /** ONNX Runtime, standard operators. */
  PLAIN("plain", false, Precision.FP32, 2.75),
  /** ONNX Runtime with its own operators. */
  FUSED("fused", true, Precision.FP32, 0.25),
  /** The fused graph in float16, which ONNX Runtime computes in float32 on most processors. */
  FP16("fp16", true, Precision.FP16, 0.25),
  /** The fused graph with integer products. */
  INT8("int8", true, Precision.INT8, 0.25);

  private final String text;
  private final boolean fused;
  private final Precision precision;
  private final double attentions;

  /**
   * @param attentions what the engine holds of memory for a window, and keeps until it is closed,
   *     over {@link BenchSize#plainAttentionBytes}; measured at the published ECG size
   */
  InferenceEngine(String text, boolean fused, Precision precision, double attentions) {
    this.text = text;
    this.fused = fused;
    this.precision = precision;
    this.attentions = attentions;
  }

  /** Bytes of memory that a call with so many windows takes, about. */
  long bytes(BenchSize size, int batch) {
    return (long) (attentions * batch * size.plainAttentionBytes());
  }

  /** How options and reports name it. */
  public String text() {
    return text;
  }

  /**
   * Reads the name.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static InferenceEngine of(String text) {
    return Arrays.stream(values())
        .filter(engine -> engine.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "engine '"
                        + text
                        + "'; expected one of "
                        + Arrays.stream(values())
                            .map(InferenceEngine::text)
                            .collect(Collectors.joining(", "))));
  }

  /** A model in an engine, ready to be asked. */
  interface Opened extends WindowModel, AutoCloseable {
    @Override
    void close();
  }

  /** Opens a model with given weights. */
  Opened open(BenchSize size, ModelWeights weights, int threads) throws IOException {
    return this == TORCH ? torch(size, weights) : onnx(size, weights, threads);
  }

  private static Opened torch(BenchSize size, ModelWeights weights) {
    PhysioWaveModel model =
        PhysioWaveModel.create(
            size.config(), HeadConfig.headsOf(size.config()), AttentionKernel.PLAIN, 42);
    model.load(weights);
    model.train(false);
    WindowModel eager = new TorchModel(model, TrainingDevice.of("cpu"));
    return new Opened() {
      @Override
      public float[] logits(float[] windows, int batch) throws IOException {
        return eager.logits(windows, batch);
      }

      @Override
      public void close() {
        model.close();
      }
    };
  }

  private Opened onnx(BenchSize size, ModelWeights weights, int threads) throws IOException {
    byte[] graph =
        new OnnxExporter(new GraphStyle(fused, precision))
            .classifier(size.config(), weights, size.samples());
    OnnxModel model = OnnxModel.load(graph, text, threads);
    return new Opened() {
      @Override
      public float[] logits(float[] windows, int batch) throws IOException {
        FloatBuffer buffer =
            ByteBuffer.allocateDirect(windows.length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .put(windows)
                .flip();
        return model.run(buffer, batch).logits();
      }

      @Override
      public void close() {
        model.close();
      }
    };
  }
}
