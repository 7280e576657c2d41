package io.physiowave.benchmarks.endurance;

import io.physiowave.benchmarks.platform.JsonOutput;
import io.physiowave.cluster.JobSubmission;
import io.physiowave.cluster.LocalCluster;
import io.physiowave.cluster.flink.FlinkProcesses;
import io.physiowave.connectors.command.CommandRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code physiowave bench resubmit}. */
@Command(
    name = "resubmit",
    sortOptions = false,
    description =
        "Stops the job with a savepoint and submits it again, many times on one cluster of real"
            + " processes, and shows what the TaskManager holds after each and a full garbage"
            + " collection: what it holds on to is a leak. Needs the JDK's jcmd.")
public final class ResubmitCommand implements Callable<Integer> {
  private static final Duration LABEL_PATIENCE = Duration.ofMinutes(2);

  /** Twice the interval after which Flink deletes the files of jobs that are gone. */
  private static final long FILES_GO_SECONDS = 45;

  private static final long MEGABYTE = 1 << 20;

  @Spec private CommandSpec spec;

  @Option(
      names = "--times",
      paramLabel = "N",
      description = "Submissions after the first, 4 or more (default: ${DEFAULT-VALUE}).",
      defaultValue = "20")
  private int times;

  @Mixin private JsonOutput output;

  /**
   * What a run came to.
   *
   * @param times submissions
   * @param metaspaceGrowthBytes see {@link Growth}
   * @param residentGrowthBytes see {@link Growth}
   * @param temporaryFilesAtEnd files left when the files of jobs that are gone should be
   * @param samples after each submission, a checkpoint and a full collection
   */
  record Report(
      int times,
      long metaspaceGrowthBytes,
      long residentGrowthBytes,
      long temporaryFilesAtEnd,
      long temporaryBytesAtEnd,
      List<MemorySample> samples) {}

  @Override
  public Integer call() throws Exception {
    if (times < 4) {
      throw new ParameterException(
          spec.commandLine(), "--times is " + times + "; expected 4 or more");
    }
    try (BenchCluster bench =
        new BenchCluster("resubmit", 256, 2, List.of("ecg-beats.onnx", "emg-gestures.onnx"))) {
      Report report = run(bench.cluster(), output.progress());
      output.print(report, () -> text(report));
      bench.deleteAfterwards();
    }
    return CommandRunner.SUCCESS;
  }

  private static String text(Report report) {
    return String.format(
        Locale.ROOT,
        "growth between the second and the last quarter: metaspace %+.1f MB, resident %+.1f MB;"
            + " temporary files at the end: %d of %d kB",
        (double) report.metaspaceGrowthBytes() / MEGABYTE,
        (double) report.residentGrowthBytes() / MEGABYTE,
        report.temporaryFilesAtEnd(),
        report.temporaryBytesAtEnd() >> 10);
  }

  private Report run(LocalCluster cluster, Consumer<String> progress)
      throws IOException, InterruptedException {
    JobSubmission submission =
        new JobSubmission(cluster.plan().totalSlots(), List.of("--checkpoint-interval", "2s"));
    String job = cluster.submit(submission, Optional.empty());
    cluster.awaitLabels(LABEL_PATIENCE);
    List<MemorySample> samples = new ArrayList<>();
    progress.accept("submission  heap MB  metaspace MB  direct MB  resident MB  temporary files");
    for (int i = 1; i <= times; i++) {
      String savepoint = cluster.stopJob(job);
      job = cluster.submit(submission, Optional.of(savepoint));
      awaitCheckpoint(cluster, job);
      MemorySample sample = MemorySample.live(cluster, FlinkProcesses.taskManager(1));
      samples.add(sample);
      progress.accept(
          String.format(
              Locale.ROOT,
              "%10d %8d %13.1f %10.1f %12d %16d",
              i,
              sample.heapBytes() / MEGABYTE,
              (double) sample.metaspaceBytes() / MEGABYTE,
              (double) sample.directBytes() / MEGABYTE,
              sample.residentBytes() / MEGABYTE,
              sample.temporaryFiles()));
    }
    TimeUnit.SECONDS.sleep(FILES_GO_SECONDS);
    MemorySample last = MemorySample.live(cluster, FlinkProcesses.taskManager(1));
    return new Report(
        times,
        Growth.of(samples, MemorySample::metaspaceBytes),
        Growth.of(samples, MemorySample::residentBytes),
        last.temporaryFiles(),
        last.temporaryBytes(),
        samples);
  }

  /** By then the job has worked, and written. */
  private static void awaitCheckpoint(LocalCluster cluster, String job) {
    cluster.await(
        "a checkpoint",
        LABEL_PATIENCE,
        () -> cluster.flink().checkpoints(job).at("/counts/completed").asInt() > 0);
  }
}
