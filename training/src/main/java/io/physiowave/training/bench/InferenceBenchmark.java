package io.physiowave.training.bench;

import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.PhysioWaveModel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/** One model in several engines, in turns within one run, at several batch sizes. */
public final class InferenceBenchmark {
  private static final long SEED = 42;

  /** Small models are asked until this has passed: their first calls tell little. */
  private static final Duration SHORTEST = Duration.ofSeconds(2);

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
   * ratios of speed within this run. A batch that would not fit into memory is left out and says
   * so.
   */
  public Map<String, Object> run(BenchSize size) throws IOException {
    Map<String, Object> report = new LinkedHashMap<>();
    ModelWeights weights;
    try (PhysioWaveModel model = PhysioWaveModel.create(size.config(), SEED)) {
      weights = model.weights();
    }
    for (int batch : batches) {
      long needed = batch * size.plainAttentionBytes();
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
    Map<InferenceEngine, List<Double>> seconds = new LinkedHashMap<>();
    Map<InferenceEngine, InferenceEngine.Opened> opened = new LinkedHashMap<>();
    try {
      for (InferenceEngine engine : engines) {
        opened.put(engine, engine.open(size, weights, threads));
        seconds.put(engine, new ArrayList<>());
      }
      long enough = System.nanoTime() + SHORTEST.toNanos();
      for (int round = -1; round < rounds || System.nanoTime() < enough; round++) {
        for (InferenceEngine engine : engines) {
          long start = System.nanoTime();
          opened.get(engine).logits(windows, batch);
          if (round >= 0) {
            seconds.get(engine).add((System.nanoTime() - start) / 1e9);
          }
        }
      }
    } finally {
      opened.values().forEach(InferenceEngine.Opened::close);
    }
    return figures(batch, seconds);
  }

  private static Map<String, Object> figures(
      int batch, Map<InferenceEngine, List<Double>> secondsByEngine) {
    Map<String, Object> report = new LinkedHashMap<>();
    secondsByEngine.forEach(
        (engine, seconds) -> {
          Map<String, Object> figures = new LinkedHashMap<>();
          figures.put("windowsPerSecond", batch / median(seconds));
          figures.put("millisecondsPerWindow", 1e3 * median(seconds) / batch);
          figures.put("millisecondsPerCall", 1e3 * median(seconds));
          report.put(engine.text(), figures);
        });
    List<Double> reference = secondsByEngine.get(InferenceEngine.TORCH);
    if (reference != null) {
      secondsByEngine.forEach(
          (engine, seconds) -> {
            if (engine != InferenceEngine.TORCH) {
              report.put(engine.text() + "OverTorch", median(reference) / median(seconds));
            }
          });
    }
    return report;
  }

  private static float[] noise(int length) {
    Random random = new Random(SEED);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
