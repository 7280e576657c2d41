package io.physiowave.benchmarks.stream;

import io.physiowave.benchmarks.load.StreamLoad;
import io.physiowave.benchmarks.platform.Bench;
import io.physiowave.benchmarks.platform.JobSetup;
import io.physiowave.benchmarks.platform.ProcessorTime;
import io.physiowave.benchmarks.platform.Rate;
import io.physiowave.streaming.assemble.AssembleOperator;
import io.physiowave.streaming.assemble.WindowAssembler;
import io.physiowave.streaming.control.ModelGate;
import io.physiowave.streaming.model.AssignedWindow;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.options.JobOptions;
import io.physiowave.streaming.types.TopicRecord;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.OutputTag;

/**
 * The first two stations in Flink with nothing before or behind them: frames lie in memory, windows
 * are thrown away. The exchange between the stations and the keyed state are in it.
 */
final class AssemblyAlone {
  private AssemblyAlone() {}

  /** Frames a second, and processor time a frame, over a while or until all frames are read. */
  static Rate measure(
      Bench bench, JobSetup setup, ModelCatalogue models, StreamLoad load, Duration atMost)
      throws InterruptedException {
    JobOptions options = setup.options();
    StreamExecutionEnvironment env = setup.environment();
    env.configure(new Configuration().set(PipelineOptions.OBJECT_REUSE, true));
    env.setParallelism(1);
    try (FramesInMemory memory = FramesInMemory.of(load)) {
      build(env, options, models, memory);
      JobID job = bench.flink().submit(env, "bench-assembly");
      try {
        return rate(bench, job, memory, atMost);
      } finally {
        end(bench, job, memory);
      }
    }
  }

  private static Rate rate(Bench bench, JobID job, FramesInMemory memory, Duration atMost)
      throws InterruptedException {
    int from = await(bench, job, memory, memory.count() / 20, Duration.ofMinutes(1));
    long start = System.nanoTime();
    long processor = ProcessorTime.nanos();
    int to = await(bench, job, memory, memory.count(), atMost);
    return Rate.of(to - from, System.nanoTime() - start, ProcessorTime.nanos() - processor);
  }

  /** A job that has read all ends by itself. */
  private static void end(Bench bench, JobID job, FramesInMemory memory)
      throws InterruptedException {
    if (memory.read() < memory.count()) {
      bench.flink().cancel(job);
    }
    while (!bench.flink().status(job).isTerminalState()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static int await(
      Bench bench, JobID job, FramesInMemory memory, int wanted, Duration atMost)
      throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (memory.read() < wanted && System.nanoTime() < end) {
      if (bench.flink().status(job) == JobStatus.FAILED) {
        throw new IllegalStateException("the job failed: " + bench.flink().failure(job));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return memory.read();
  }

  private static void build(
      StreamExecutionEnvironment env,
      JobOptions options,
      ModelCatalogue models,
      FramesInMemory memory) {
    SingleOutputStreamOperator<TopicRecord> records =
        env.fromSource(
                new NumberSequenceSource(0, memory.count() - 1),
                WatermarkStrategy.noWatermarks(),
                "numbers")
            .map(memory.lookup())
            .returns(TopicRecord.TYPE);
    records
        .keyBy(TopicRecord::keyText, Types.STRING)
        .connect(
            records.getSideOutput(new OutputTag<>("no-model-changes", ModelGate.TYPE)).broadcast())
        .transform(
            "assemble",
            AssignedWindow.TYPE,
            new AssembleOperator(
                new WindowAssembler(
                    models, options.decode(), options.assemble(), options.inference(), false)))
        .sinkTo(new DiscardingSink<>());
  }
}
