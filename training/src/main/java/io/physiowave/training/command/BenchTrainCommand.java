package io.physiowave.training.command;

import io.physiowave.training.bench.TrainingBenchmark;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a pretraining step. */
@Command(
    name = "train",
    description =
        "One pretraining step at the published ECG and EMG sizes: scaled_dot_product_attention"
            + " against plain attention, in turns.")
final class BenchTrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--batch",
      defaultValue = "2",
      description = "Windows a step. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Measured steps of each form. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "Threads of libtorch and of its matrix library. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    BenchReport.requirePositive(spec, "--batch", batch);
    BenchReport.requirePositive(spec, "--rounds", rounds);
    BenchReport.requirePositive(spec, "--threads", threads);
    BenchReport.print(spec, new TrainingBenchmark(batch, rounds, threads).run(), json);
    return 0;
  }
}
