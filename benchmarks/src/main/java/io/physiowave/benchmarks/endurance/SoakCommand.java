package io.physiowave.benchmarks.endurance;

import io.physiowave.benchmarks.platform.JsonOutput;
import io.physiowave.cluster.JobSubmission;
import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.connectors.files.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code physiowave bench soak}. */
@Command(
    name = "soak",
    sortOptions = false,
    description =
        "Sends frames as fast as the job takes them, for as long as told, to a cluster of real"
            + " processes, and writes down the TaskManager's heap, metaspace, direct and resident"
            + " memory as a table (CSV) and a picture (PNG).")
public final class SoakCommand implements Callable<Integer> {
  private static final int FEWEST_SAMPLES = 8;
  private static final long MOST_SAMPLE_SECONDS = 10;

  @Spec private CommandSpec spec;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "How long (default: ${DEFAULT-VALUE}).",
      defaultValue = "60")
  private double minutes;

  @Option(
      names = "--streams",
      paramLabel = "N",
      description = "Devices, half patients and half arms, 2 to 1000 (default: ${DEFAULT-VALUE}).",
      defaultValue = "50")
  private int streams;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "Where soak.csv and soak.png go (default: target/soak-report).")
  private Path folder;

  @Mixin private JsonOutput output;

  /**
   * What a run came to. Growth: see {@link Growth}.
   *
   * @param framesPerSecond on average
   */
  record Report(
      double minutes,
      int streams,
      long frames,
      double framesPerSecond,
      long heapGrowthBytes,
      long metaspaceGrowthBytes,
      long directGrowthBytes,
      long residentGrowthBytes,
      int restarts) {}

  @Override
  public Integer call() throws Exception {
    Duration duration = Duration.ofMillis(Math.round(minutes * 60_000));
    if (duration.toSeconds() < FEWEST_SAMPLES * 2 || streams < 2) {
      throw new ParameterException(
          spec.commandLine(),
          "--minutes is " + minutes + " and --streams " + streams + "; expected 0.3 and 2 or more");
    }
    Duration every =
        Duration.ofSeconds(
            Math.max(
                1, Math.min(MOST_SAMPLE_SECONDS, duration.toSeconds() / (2 * FEWEST_SAMPLES))));
    try (BenchCluster bench =
        new BenchCluster("soak", 384, 0, List.of("ecg-beats.onnx", "emg-gestures.onnx"))) {
      String job =
          bench
              .cluster()
              .submit(
                  new JobSubmission(2, List.of("--checkpoint-interval", "2s")), Optional.empty());
      SoakRun run = new SoakRun(bench.cluster(), streams, duration, every);
      run.run(output.progress());
      int restarts =
          bench.cluster().flink().jobMetric(job, "numRestarts").map(Integer::parseInt).orElse(0);
      write(run);
      Report report = report(run, restarts);
      output.print(report, () -> text(report));
      bench.deleteAfterwards();
    }
    return CommandRunner.SUCCESS;
  }

  private Report report(SoakRun run, int restarts) {
    return new Report(
        minutes,
        streams,
        run.framesProcessed(),
        Math.round(run.framesProcessed() / run.seconds.get(run.seconds.size() - 1)),
        Growth.of(run.samples, MemorySample::heapBytes),
        Growth.of(run.samples, MemorySample::metaspaceBytes),
        Growth.of(run.samples, MemorySample::directBytes),
        Growth.of(run.samples, MemorySample::residentBytes),
        restarts);
  }

  private void write(SoakRun run) throws IOException {
    Path reports = folder == null ? BenchCluster.home().resolve("target/soak-report") : folder;
    Files.createDirectories(reports);
    List<String> lines = new ArrayList<>();
    lines.add("seconds,frames,heap_bytes,metaspace_bytes,direct_bytes,resident_bytes,tmp_bytes");
    for (int i = 0; i < run.samples.size(); i++) {
      MemorySample sample = run.samples.get(i);
      lines.add(
          String.format(
              Locale.ROOT,
              "%.1f,%d,%d,%d,%d,%d,%d",
              run.seconds.get(i),
              run.frames.get(i),
              sample.heapBytes(),
              sample.metaspaceBytes(),
              sample.directBytes(),
              sample.residentBytes(),
              sample.temporaryBytes()));
    }
    OutputFile.write(reports.resolve("soak.csv"), String.join("\n", lines) + "\n");
    SoakPlot.write(reports.resolve("soak.png"), run.seconds, run.samples);
  }

  private static String text(Report report) {
    return String.format(
        Locale.ROOT,
        "%d frames, %.0f a second, %d restarts; growth between the second and the last quarter:"
            + " heap %+d MB, metaspace %+d MB, direct %+d MB, resident %+d MB",
        report.frames(),
        report.framesPerSecond(),
        report.restarts(),
        report.heapGrowthBytes() / (1 << 20),
        report.metaspaceGrowthBytes() / (1 << 20),
        report.directGrowthBytes() / (1 << 20),
        report.residentGrowthBytes() / (1 << 20));
  }
}
