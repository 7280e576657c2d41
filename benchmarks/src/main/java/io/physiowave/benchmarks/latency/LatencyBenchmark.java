package io.physiowave.benchmarks.latency;

import io.physiowave.benchmarks.load.LoadShape;
import io.physiowave.benchmarks.load.StreamLoad;
import io.physiowave.benchmarks.platform.Bench;
import io.physiowave.benchmarks.platform.JobRun;
import io.physiowave.benchmarks.platform.JobSetup;
import io.physiowave.benchmarks.platform.LabelCheck;
import io.physiowave.benchmarks.platform.Machine;
import io.physiowave.benchmarks.platform.Rate;
import io.physiowave.benchmarks.platform.WarmUp;
import io.physiowave.streaming.StreamingJob;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ServedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The whole of {@code bench latency}. */
public final class LatencyBenchmark {
  /** For the warm-up: what follows a checkpoint is seldom run and has to be compiled, too. */
  private static final Duration OFTEN = Duration.ofMillis(500);

  private static final Duration NO_CHECKPOINTS = Duration.ofDays(1);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Of the run that only tells how large the one for the capacity must be. */
  private static final int GLANCE_WINDOWS = 6_000;

  private static final int DIGITS = 3;

  private final LatencyBenchmarkOptions options;
  private final Consumer<String> progress;
  private final ModelCatalogue models;
  private final ServedModel model;

  /**
   * A benchmark to be run.
   *
   * @param progress told what is being done
   */
  public LatencyBenchmark(LatencyBenchmarkOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
    models = ModelCatalogue.read(List.of(options.setup().model()));
    model = models.models().get(0);
  }

  /**
   * Measures everything.
   *
   * @throws io.physiowave.benchmarks.platform.LabelsMissingException when a label did not come
   */
  public LatencyReport run() throws InterruptedException {
    JobSetup setup = options.setup();
    progress.accept("starting Kafka and Flink");
    try (Bench bench = Bench.start(setup.parallelism())) {
      progress.accept("warming up");
      double glance = capacity(bench, options.streams(), GLANCE_WINDOWS).perSecond();
      WarmUp.ofThisMachine()
          .repeat(options.warmUpRuns(), () -> capacity(bench, options.streams(), glance));
      double capacity = capacity(bench, options.streams(), glance).perSecond();
      double offered = options.load() * capacity;
      progress.accept("warming up what is only busy while frames arrive");
      WarmUp.ofThisMachine()
          .repeat(
              options.warmUpRuns(),
              () -> latency(bench, options.streams(), offered, "warming up", OFTEN));
      Map<Integer, List<StreamsFigures>> rounds = new LinkedHashMap<>();
      for (int round = 1; round <= options.rounds(); round++) {
        progress.accept("round %d of %d".formatted(round, options.rounds()));
        for (int streams : allStreams()) {
          rounds
              .computeIfAbsent(streams, key -> new ArrayList<>())
              .add(figures(bench, streams, capacity, offered));
        }
      }
      List<StreamsFigures> all = rounds.values().stream().map(StreamsFigures::of).toList();
      StreamsFigures first = all.get(0);
      return new LatencyReport(
          Machine.here(),
          model.card().name() + " " + model.card().version(),
          setup.parallelism(),
          setup.stateBackend(),
          options.streams(),
          options.rounds(),
          options.load(),
          first.capacityWindowsPerSecond(),
          offered,
          options.checkpointInterval().toMillis(),
          new LatencyReport.Checkpointed(first.latencyMillis(), first.withoutCheckpoints()),
          all.subList(1, all.size()),
          spread(all, figures -> figures.latencyMillis().p99()),
          spread(all, figures -> figures.withoutCheckpoints().p99()),
          spread(all, StreamsFigures::capacityWindowsPerSecond));
    }
  }

  /** The number asked for first. */
  private Set<Integer> allStreams() {
    Set<Integer> all = new LinkedHashSet<>();
    all.add(options.streams());
    all.addAll(options.otherStreams());
    return all;
  }

  private StreamsFigures figures(Bench bench, int streams, double capacity, double offered)
      throws InterruptedException {
    return new StreamsFigures(
        streams,
        capacity(bench, streams, capacity).perSecond(),
        latency(bench, streams, offered, "with checkpoints", options.checkpointInterval()),
        latency(bench, streams, offered, "without checkpoints", NO_CHECKPOINTS));
  }

  private static double spread(List<StreamsFigures> all, ToDoubleFunction<StreamsFigures> figure) {
    DoubleSummaryStatistics of = all.stream().mapToDouble(figure).summaryStatistics();
    return of.getMax() / of.getMin();
  }

  private StreamLoad load(int streams, double windows) {
    double rate = LoadShape.sampleRateHz(model.card(), options.sampleRateHz());
    return new StreamLoad(
        model.card(),
        new LoadShape(
            streams, (int) Math.max(2, Math.ceil(windows / streams)), rate, options.frameMillis()));
  }

  /** The rate of a load that lies in Kafka, about as long as a measurement. */
  private Rate capacity(Bench bench, int streams, double expectedPerSecond)
      throws InterruptedException {
    progress.accept(streams + " streams: capacity");
    StreamLoad load = load(streams, expectedPerSecond * options.duration().toSeconds() / 2);
    String frames = bench.newTopic("frames");
    bench.fill(frames, load);
    String labels = bench.newTopic("labels");
    try (JobRun run = start(bench, frames, labels, options.checkpointInterval())) {
      run.await(load.windows(), PATIENCE, count -> {});
      LabelCheck check = new LabelCheck(load.labelIds(model));
      run.labels().read((label, appendedMillis) -> check.accept(label));
      check.requireComplete();
      return run.rate();
    } finally {
      bench.delete(frames);
      bench.delete(labels);
    }
  }

  private LatencyMillis latency(
      Bench bench, int streams, double windowsPerSecond, String how, Duration checkpointInterval)
      throws InterruptedException {
    progress.accept(
        "%d streams, %s: latency at %.0f windows/s".formatted(streams, how, windowsPerSecond));
    Duration length = options.warmUp().plus(options.duration());
    StreamLoad load = load(streams, windowsPerSecond * length.toMillis() / 1000);
    double framesPerWindow = load.shape().framesPerWindow(model.card());
    double framesPerSecond = windowsPerSecond * framesPerWindow;
    String frames = bench.newTopic("frames");
    String labels = bench.newTopic("labels");
    PacedFrames paced = new PacedFrames(load, frames, framesPerSecond, framesPerWindow);
    try (JobRun run = start(bench, frames, labels, checkpointInterval)) {
      double quietSeconds = load.framesBeforeFirstWindow() * streams / framesPerSecond;
      long measuredFrom =
          System.currentTimeMillis()
              + Math.round(quietSeconds * 1000)
              + options.warmUp().toMillis();
      paced.send(bench);
      run.await(load.windows(), PATIENCE, count -> {});
      return latency(run, load, measuredFrom);
    } finally {
      bench.delete(frames);
      bench.delete(labels);
    }
  }

  private LatencyMillis latency(JobRun run, StreamLoad load, long measuredFromMillis) {
    LabelCheck check = new LabelCheck(load.labelIds(model));
    Histogram histogram = new Histogram(DIGITS);
    run.labels()
        .read(
            (label, appendedMillis) -> {
              check.accept(label);
              long arrivedMillis = label.timing().lastSampleArrivalMicros() / 1000;
              if (arrivedMillis >= measuredFromMillis) {
                histogram.recordValue(Math.max(0, appendedMillis - arrivedMillis));
              }
            });
    check.requireComplete();
    return LatencyMillis.of(histogram);
  }

  private JobRun start(Bench bench, String frames, String labels, Duration checkpointInterval)
      throws InterruptedException {
    JobSetup setup =
        options.setup().with("--checkpoint-interval", checkpointInterval.toMillis() + "ms");
    StreamExecutionEnvironment env = setup.environment();
    StreamingJob.build(env, setup.options(bench, frames, labels), models);
    return JobRun.start(bench, env, labels);
  }
}
