package io.physiowave.benchmarks.stream;

import ai.onnxruntime.OrtException;
import io.physiowave.benchmarks.load.LoadShape;
import io.physiowave.benchmarks.load.StreamLoad;
import io.physiowave.benchmarks.platform.Bench;
import io.physiowave.benchmarks.platform.JobRun;
import io.physiowave.benchmarks.platform.JobSetup;
import io.physiowave.benchmarks.platform.LabelCheck;
import io.physiowave.benchmarks.platform.Medians;
import io.physiowave.benchmarks.platform.Rate;
import io.physiowave.benchmarks.platform.WarmUp;
import io.physiowave.streaming.StreamingJob;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.InferenceOptions;
import io.physiowave.streaming.options.JobOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Job and bare session in turns, over one load that lies in Kafka before the first round. */
final class ModelRounds {
  /** Share of a measurement that only tells how large the load must be. */
  private static final int GLANCE = 4;

  /** Nothing around a model has ever been faster than this on two cores. */
  private static final double MOST_WINDOWS_PER_SECOND_PER_CORE = 20_000;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Bench bench;
  private final StreamBenchmarkOptions options;
  private final JobSetup setup;
  private final ModelCatalogue models;
  private final ServedModel model;
  private final InferenceOptions inference;
  private final Consumer<String> progress;
  private long repeated;

  ModelRounds(
      Bench bench, StreamBenchmarkOptions options, JobSetup setup, Consumer<String> progress) {
    this.bench = bench;
    this.options = options;
    this.setup = setup;
    this.progress = progress;
    models = ModelCatalogue.read(List.of(setup.model()));
    model = models.models().get(0);
    inference = setup.options().inference();
  }

  ModelFigures measure() throws InterruptedException, OrtException {
    StreamLoad glance = new StreamLoad(model.card(), shape(10));
    try (BareSession bare =
        new BareSession(setup.model(), model.card(), inference.threads(), glance.inputs())) {
      progress.accept(name() + ": sizing the load");
      bare(bare, options.duration().dividedBy(GLANCE));
      double expected =
          Math.min(
              bare(bare, options.duration().dividedBy(GLANCE)).perSecond(),
              MOST_WINDOWS_PER_SECOND_PER_CORE * setup.parallelism());
      double windows = expected * options.duration().toMillis() / 1000;
      StreamLoad load =
          new StreamLoad(
              model.card(), shape((int) Math.max(10, Math.ceil(windows / options.streams()))));
      return measure(bare, load);
    }
  }

  private String name() {
    return "%s, %d %s"
        .formatted(
            model.card().name(),
            setup.parallelism(),
            setup.parallelism() == 1 ? "subtask" : "subtasks");
  }

  private LoadShape shape(int windowsPerStream) {
    double rate = LoadShape.sampleRateHz(model.card(), options.sampleRateHz());
    return new LoadShape(options.streams(), windowsPerStream, rate, options.frameMillis());
  }

  private ModelFigures measure(BareSession bare, StreamLoad load) throws InterruptedException {
    progress.accept(name() + ": writing " + load.frames() + " frames to Kafka");
    String topic = bench.newTopic("frames");
    bench.fill(topic, load);
    progress.accept(name() + ": warming up");
    WarmUp.ofThisMachine().repeat(options.warmUpRuns(), () -> job(topic, load));
    List<Rate> ofJob = new ArrayList<>();
    List<Rate> ofBare = new ArrayList<>();
    for (int round = 1; round <= options.rounds(); round++) {
      Rate job = job(topic, load);
      Rate loop = bare(bare, options.duration().dividedBy(2));
      ofJob.add(job);
      ofBare.add(loop);
      progress.accept(
          "%s: round %d of %d: %.0f windows/s (%.0f us CPU each), bare %.0f (%.0f us)"
              .formatted(
                  name(),
                  round,
                  options.rounds(),
                  job.perSecond(),
                  job.processorMicros(),
                  loop.perSecond(),
                  loop.processorMicros()));
    }
    progress.accept(name() + ": one call a record");
    // The first one of each warms up.
    perRecord(topic, null);
    perRecord(topic, inference.threads());
    Rate perRecord = perRecord(topic, null);
    Rate perRecordSameThreads = perRecord(topic, inference.threads());
    bench.delete(topic);
    return figures(ofJob, ofBare, perRecord, perRecordSameThreads, load.windows());
  }

  private Rate bare(BareSession bare, Duration duration) throws InterruptedException {
    return bare.measure(setup.parallelism(), inference.maximumBatch(), duration);
  }

  private Rate job(String frames, StreamLoad load) throws InterruptedException {
    String labels = bench.newTopic("labels");
    StreamExecutionEnvironment env = setup.environment();
    StreamingJob.build(env, setup.options(bench, frames, labels), models);
    try (JobRun run = JobRun.start(bench, env, labels)) {
      run.await(load.windows(), PATIENCE, count -> {});
      LabelCheck check = new LabelCheck(load.labelIds(model));
      run.labels().read((label, appendedMillis) -> check.accept(label));
      check.requireComplete();
      repeated += check.repeated();
      return run.rate();
    } finally {
      bench.delete(labels);
    }
  }

  /** Slow, so it is given a time and not a number of windows. */
  private Rate perRecord(String frames, Integer threadsPerCall) throws InterruptedException {
    String labels = bench.newTopic("labels");
    StreamExecutionEnvironment env = setup.environment();
    JobOptions job = setup.options(bench, frames, labels);
    PerRecordJob.build(env, job, models, threadsPerCall);
    try (JobRun run = JobRun.start(bench, env, labels)) {
      run.await(1, PATIENCE, count -> {});
      run.await(Long.MAX_VALUE, options.duration(), count -> {});
      return run.rate();
    } finally {
      bench.delete(labels);
    }
  }

  private ModelFigures figures(
      List<Rate> ofJob,
      List<Rate> ofBare,
      Rate perRecord,
      Rate perRecordSameThreads,
      long labelsExpected) {
    List<Double> ratios = new ArrayList<>();
    List<Double> cpuRatios = new ArrayList<>();
    for (int round = 0; round < ofJob.size(); round++) {
      Rate job = ofJob.get(round);
      Rate bare = ofBare.get(round);
      ratios.add(job.perSecond() / bare.perSecond());
      cpuRatios.add(bare.processorMicros() / job.processorMicros());
    }
    double windowsPerSecond = Medians.of(ofJob, Rate::perSecond);
    return new ModelFigures(
        model.card().name() + " " + model.card().version(),
        setup.parallelism(),
        windowsPerSecond,
        Medians.of(ofBare, Rate::perSecond),
        Medians.of(ratios, Double::doubleValue),
        perRecord.perSecond(),
        windowsPerSecond / perRecord.perSecond(),
        perRecordSameThreads.perSecond(),
        windowsPerSecond / perRecordSameThreads.perSecond(),
        Medians.of(ofJob, Rate::processorMicros),
        Medians.of(ofBare, Rate::processorMicros),
        Medians.of(cpuRatios, Double::doubleValue),
        labelsExpected,
        repeated);
  }
}
