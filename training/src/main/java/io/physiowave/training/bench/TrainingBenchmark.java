package io.physiowave.training.bench;

import io.physiowave.training.model.AttentionKernel;
import io.physiowave.training.model.CpuThreads;
import io.physiowave.training.model.Task;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.bytedeco.javacpp.Pointer;

/**
 * A pretraining step at the published sizes, scaled_dot_product_attention against the plain form,
 * in turns within one run.
 */
public final class TrainingBenchmark {
  private final int batch;
  private final int rounds;
  private final int threads;

  /**
   * Chooses the effort.
   *
   * @param batch windows a step
   * @param rounds measured steps of each form
   * @param threads of libtorch and of its matrix library
   */
  public TrainingBenchmark(int batch, int rounds, int threads) {
    this.batch = batch;
    this.rounds = rounds;
    this.threads = threads;
  }

  /**
   * Figures by size ({@code ecg}, {@code emg}) and form ({@code sdpa}, {@code plain}): {@code
   * peakBytes} is the process's peak while it steps, {@code stepBytes} what of it the model, its
   * gradients, its optimizer and the step add to the process as it was before.
   */
  public Map<String, Object> run() throws IOException {
    CpuThreads.use(threads);
    Map<String, Object> report = new LinkedHashMap<>();
    for (BenchSize size : List.of(BenchSize.emg(Task.PRETRAIN), BenchSize.ecg(Task.PRETRAIN))) {
      report.put(size.name(), compare(size));
    }
    report.put("batch", batch);
    report.put("rounds", rounds);
    report.put("threads", threads);
    return report;
  }

  private Map<String, Object> compare(BenchSize size) throws IOException {
    double[] fused = new double[rounds];
    double[] plain = new double[rounds];
    long fusedPeak = 0;
    long plainPeak = 0;
    long before = resident();
    // One after the other in memory, or each would count the other's parameters.
    for (int round = -1; round < rounds; round++) {
      Measured first = measure(size, AttentionKernel.FUSED);
      Measured second = measure(size, AttentionKernel.PLAIN);
      if (round >= 0) {
        fused[round] = first.seconds();
        plain[round] = second.seconds();
        fusedPeak = Math.max(fusedPeak, first.peakBytes());
        plainPeak = Math.max(plainPeak, second.peakBytes());
      }
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("sdpa", figures(median(fused), fusedPeak, before));
    figures.put("plain", figures(median(plain), plainPeak, before));
    figures.put("speedRatio", median(plain) / median(fused));
    if (plainPeak > before) {
      figures.put("memoryRatio", (double) (fusedPeak - before) / (plainPeak - before));
    }
    return figures;
  }

  /** Bytes of the process once the library has given back what it keeps for later. */
  private static long resident() throws IOException {
    Pointer.trimMemory();
    return PeakMemory.resident().orElse(0);
  }

  private Measured measure(BenchSize size, AttentionKernel kernel) throws IOException {
    try (TrainingStep step = new TrainingStep(size, kernel, batch)) {
      step.run();
      Pointer.trimMemory();
      PeakMemory.reset();
      long start = System.nanoTime();
      step.run();
      double seconds = (System.nanoTime() - start) / 1e9;
      OptionalLong peak = PeakMemory.bytes();
      return new Measured(seconds, peak.orElse(0));
    }
  }

  private Map<String, Object> figures(double seconds, long peak, long before) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("samplesPerSecond", batch / seconds);
    figures.put("peakBytes", peak);
    figures.put("stepBytes", peak - before);
    return figures;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private record Measured(double seconds, long peakBytes) {}
}
