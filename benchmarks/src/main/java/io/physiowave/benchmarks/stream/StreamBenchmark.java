package io.physiowave.benchmarks.stream;

import ai.onnxruntime.OrtException;
import io.physiowave.benchmarks.load.LoadShape;
import io.physiowave.benchmarks.load.StreamLoad;
import io.physiowave.benchmarks.platform.Bench;
import io.physiowave.benchmarks.platform.JobSetup;
import io.physiowave.benchmarks.platform.Machine;
import io.physiowave.benchmarks.platform.Medians;
import io.physiowave.benchmarks.platform.Rate;
import io.physiowave.core.card.ModelCard;
import io.physiowave.quickstart.embedded.TemporaryDirectory;
import io.physiowave.streaming.model.ModelCatalogue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The whole of {@code bench stream}. */
public final class StreamBenchmark {
  private static final int MOST_FRAMES_PER_SECOND = 80_000;

  private final StreamBenchmarkOptions options;
  private final Consumer<String> progress;

  /**
   * A benchmark to be run.
   *
   * @param progress told what is being done
   */
  public StreamBenchmark(StreamBenchmarkOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * Measures everything.
   *
   * @throws io.physiowave.benchmarks.platform.LabelsMissingException when a label did not come
   */
  public StreamReport run() throws IOException, InterruptedException, OrtException {
    JobSetup setup = options.setup();
    ModelCatalogue models = ModelCatalogue.read(List.of(setup.model()));
    ModelCard card = models.models().get(0).card();
    progress.accept("starting Kafka and Flink");
    try (TemporaryDirectory directory = TemporaryDirectory.create("physiowave-bench-");
        Bench bench = Bench.start(Math.max(setup.parallelism(), options.allCores()))) {
      ModelFigures figures = new ModelRounds(bench, options, setup, progress).measure();
      ModelFigures allCores =
          options.allCores() == 0
              ? null
              : new ModelRounds(bench, options, setup.withParallelism(options.allCores()), progress)
                  .measure();
      String nearFree = NearFreeModel.write(directory.path(), card).toString();
      ModelFigures free =
          new ModelRounds(bench, options, setup.withModel(nearFree), progress).measure();
      progress.accept("decode and assembly alone");
      StreamLoad load = assemblyLoad(card);
      double framesPerCore = framesPerCore(bench, models, load);
      return new StreamReport(
          Machine.here(),
          options.streams(),
          load.shape().sampleRateHz(),
          options.frameMillis(),
          setup.options().inference().maximumBatch(),
          setup.stateBackend(),
          options.rounds(),
          figures,
          allCores,
          free,
          framesPerCore,
          framesPerCore * load.valuesPerFrame());
    }
  }

  private StreamLoad assemblyLoad(ModelCard card) {
    double rate = LoadShape.sampleRateHz(card, options.sampleRateHz());
    StreamLoad one =
        new StreamLoad(card, new LoadShape(options.streams(), 10, rate, options.frameMillis()));
    int windows =
        (int)
            Math.max(
                10,
                10
                    * MOST_FRAMES_PER_SECOND
                    * options.duration().toSeconds()
                    / options.streams()
                    / one.framesPerStream());
    return new StreamLoad(
        card, new LoadShape(options.streams(), windows, rate, options.frameMillis()));
  }

  private double framesPerCore(Bench bench, ModelCatalogue models, StreamLoad load)
      throws InterruptedException {
    List<Rate> rates = new ArrayList<>();
    for (int round = 0; round <= options.rounds(); round++) {
      rates.add(AssemblyAlone.measure(bench, options.setup(), models, load, options.duration()));
    }
    // The first one warms up.
    return Medians.of(rates.subList(1, rates.size()), rate -> 1e6 / rate.processorMicros());
  }
}
