package io.physiowave.training.bench;

import io.physiowave.training.export.OnnxExporter;
import io.physiowave.training.export.OnnxModel;
import io.physiowave.training.export.TorchReference;
import io.physiowave.training.model.AttentionKernel;
import io.physiowave.training.model.HeadConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.PhysioWaveModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The exported graphs, plain and fused, against the eager forward of the published form, in turns
 * within one run.
 */
public final class InferenceBenchmark {
  private static final int[] BATCHES = {1, 8, 32};

  private final BenchSize size;
  private final int threads;
  private final int rounds;

  /**
   * Chooses what is measured.
   *
   * @param threads of each engine
   * @param rounds measured calls of each engine and batch size
   */
  public InferenceBenchmark(BenchSize size, int threads, int rounds) {
    this.size = size;
    this.threads = threads;
    this.rounds = rounds;
  }

  /** Figures by batch size and engine. */
  public Map<String, Object> run() throws IOException {
    org.bytedeco.pytorch.global.torch.set_num_threads(threads);
    Map<String, Object> report = new LinkedHashMap<>();
    try (PhysioWaveModel model =
        PhysioWaveModel.create(
            size.config(), HeadConfig.headsOf(size.config()), AttentionKernel.PLAIN, 42)) {
      ModelWeights weights = model.weights();
      TorchReference eager = new TorchReference(model, size.samples());
      try (OnnxModel plain = exported(weights, false);
          OnnxModel fused = exported(weights, true)) {
        for (int batch : BATCHES) {
          report.put("batch" + batch, compare(batch, eager, plain, fused));
        }
      }
    }
    report.put("threads", threads);
    report.put("rounds", rounds);
    return report;
  }

  private OnnxModel exported(ModelWeights weights, boolean fused) throws IOException {
    byte[] bytes = new OnnxExporter(fused).export(size.config(), weights, size.samples(), null);
    return OnnxModel.load(bytes, fused ? "fused" : "plain", threads);
  }

  private Map<String, Object> compare(
      int batch, TorchReference eager, OnnxModel plain, OnnxModel fused) throws IOException {
    float[] windows = new float[batch * size.windowSize()];
    Arrays.fill(windows, 0.1f);
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(windows.length * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer()
            .put(windows)
            .flip();
    double[] eagerSeconds = new double[rounds];
    double[] plainSeconds = new double[rounds];
    double[] fusedSeconds = new double[rounds];
    for (int round = -1; round < rounds; round++) {
      double first = seconds(() -> eager.logits(windows, batch));
      double second = seconds(() -> plain.run(buffer.duplicate(), batch));
      double third = seconds(() -> fused.run(buffer.duplicate(), batch));
      if (round >= 0) {
        eagerSeconds[round] = first;
        plainSeconds[round] = second;
        fusedSeconds[round] = third;
      }
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("torchEager", figures(batch, eagerSeconds));
    figures.put("plain", figures(batch, plainSeconds));
    figures.put("fused", figures(batch, fusedSeconds));
    figures.put("fusedOverTorch", median(eagerSeconds) / median(fusedSeconds));
    return figures;
  }

  private static Map<String, Object> figures(int batch, double[] seconds) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("windowsPerSecond", batch / median(seconds));
    figures.put("millisecondsPerWindow", 1e3 * median(seconds) / batch);
    return figures;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double seconds(Call call) throws IOException {
    long start = System.nanoTime();
    call.run();
    return (System.nanoTime() - start) / 1e9;
  }

  @FunctionalInterface
  private interface Call {
    void run() throws IOException;
  }
}
