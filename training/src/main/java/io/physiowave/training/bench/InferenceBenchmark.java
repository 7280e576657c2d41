package io.physiowave.training.bench;

import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.PhysioWaveModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * One model in several engines, in turns within one run, at several batch sizes. With one thread,
 * which is then the caller's own, its processor time is taken beside the clock: other programs on
 * the machine stretch long calls more than short ones, and so move ratios of the clock.
 */
public final class InferenceBenchmark {
  private static final long SEED = 42;

  /** Small models are asked until this has passed: their first calls tell little. */
  private static final Duration SHORTEST = Duration.ofSeconds(2);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final List<InferenceEngine> engines;
  private final List<Integer> batches;
  private final int threads;
  private final int rounds;

  /**
   * Chooses what is measured.
   *
   * @param engines in the order of their turns
   * @param batches windows a call
   * @param threads of each engine
   * @param rounds measured calls of each engine and batch size, at least
   */
  public InferenceBenchmark(
      List<InferenceEngine> engines, List<Integer> batches, int threads, int rounds) {
    this.engines = List.copyOf(engines);
    this.batches = List.copyOf(batches);
    this.threads = threads;
    this.rounds = rounds;
  }

  /**
   * Figures by batch size ({@code batch8}) and engine; {@code fusedOverTorch} and the like are
   * ratios of speed within this run, {@code fusedOverTorchCpu} those of processor time. A batch
   * that would not fit into memory is left out and says so.
   */
  public Map<String, Object> run(BenchSize size) throws IOException {
    Map<String, Object> report = new LinkedHashMap<>();
    ModelWeights weights;
    try (PhysioWaveModel model = PhysioWaveModel.create(size.config(), SEED)) {
      weights = model.weights();
    }
    for (int batch : batches) {
      // They take turns, so all of them hold their memory at once.
      long needed = engines.stream().mapToLong(engine -> engine.bytes(size, batch)).sum();
      OptionalLong available = PeakMemory.available();
      report.put(
          "batch" + batch,
          available.isPresent() && needed > available.getAsLong() / 2
              ? Map.of(
                  "skipped",
                  "needs about "
                      + (needed >> 20)
                      + " MB, of which there are "
                      + (available.getAsLong() >> 20))
              : compare(size, weights, batch));
    }
    return report;
  }

  private Map<String, Object> compare(BenchSize size, ModelWeights weights, int batch)
      throws IOException {
    float[] windows = noise(batch * size.windowSize());
    Map<InferenceEngine, List<Call>> calls = new LinkedHashMap<>();
    Map<InferenceEngine, InferenceEngine.Opened> opened = new LinkedHashMap<>();
    try {
      for (InferenceEngine engine : engines) {
        opened.put(engine, engine.open(size, weights, threads));
        calls.put(engine, new ArrayList<>());
      }
      long enough = System.nanoTime() + SHORTEST.toNanos();
      for (int round = -1; round < rounds || System.nanoTime() < enough; round++) {
        for (InferenceEngine engine : engines) {
          Call call = timed(opened.get(engine), windows, batch);
          if (round >= 0) {
            calls.get(engine).add(call);
          }
        }
      }
    } finally {
      opened.values().forEach(InferenceEngine.Opened::close);
    }
    return figures(batch, calls);
  }

  /** What one call took, by the clock and of processor time, in seconds. */
  private record Call(double clock, double processor) {}

  private static Call timed(InferenceEngine.Opened model, float[] windows, int batch)
      throws IOException {
    long start = System.nanoTime();
    long processor = THREADS.getCurrentThreadCpuTime();
    model.logits(windows, batch);
    return new Call(
        (System.nanoTime() - start) / 1e9, (THREADS.getCurrentThreadCpuTime() - processor) / 1e9);
  }

  private Map<String, Object> figures(int batch, Map<InferenceEngine, List<Call>> callsByEngine) {
    Map<String, Object> report = new LinkedHashMap<>();
    callsByEngine.forEach(
        (engine, calls) -> {
          double seconds = median(calls, Call::clock);
          Map<String, Object> figures = new LinkedHashMap<>();
          figures.put("windowsPerSecond", batch / seconds);
          figures.put("millisecondsPerWindow", 1e3 * seconds / batch);
          figures.put("millisecondsPerCall", 1e3 * seconds);
          if (threads == 1) {
            figures.put("cpuMillisecondsPerWindow", 1e3 * median(calls, Call::processor) / batch);
          }
          report.put(engine.text(), figures);
        });
    List<Call> torch = callsByEngine.get(InferenceEngine.TORCH);
    if (torch != null) {
      callsByEngine.forEach(
          (engine, calls) -> {
            if (engine != InferenceEngine.TORCH) {
              report.put(engine.text() + "OverTorch", ratio(torch, calls, Call::clock));
              if (threads == 1) {
                report.put(engine.text() + "OverTorchCpu", ratio(torch, calls, Call::processor));
              }
            }
          });
    }
    return report;
  }

  private static double ratio(List<Call> slow, List<Call> fast, ToDoubleFunction<Call> part) {
    return median(slow, part) / median(fast, part);
  }

  private static float[] noise(int length) {
    Random random = new Random(SEED);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double median(List<Call> calls, ToDoubleFunction<Call> part) {
    return calls.stream().mapToDouble(part).sorted().toArray()[calls.size() / 2];
  }
}
