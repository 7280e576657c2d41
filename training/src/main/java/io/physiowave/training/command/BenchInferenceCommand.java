package io.physiowave.training.command;

import io.physiowave.training.bench.BenchSize;
import io.physiowave.training.bench.InferenceBenchmark;
import io.physiowave.training.model.Task;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures exported graphs. */
@Command(
    name = "inference",
    description =
        "The exported graphs, plain and fused, against the eager forward of the published form,"
            + " at batch 1, 8 and 32, in turns.")
final class BenchInferenceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--size",
      defaultValue = "emg",
      description = "Published size: ecg or emg. Default: ${DEFAULT-VALUE}.")
  private String size;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "Threads of each engine. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Measured calls of each engine. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    BenchReport.requirePositive(spec, "--threads", threads);
    BenchReport.requirePositive(spec, "--rounds", rounds);
    BenchReport.print(spec, new InferenceBenchmark(measured(), threads, rounds).run(), json);
    return 0;
  }

  private BenchSize measured() {
    return switch (size) {
      case "ecg" -> BenchSize.ecg(Task.CLASSIFICATION);
      case "emg" -> BenchSize.emg(Task.CLASSIFICATION);
      default ->
          throw new ParameterException(
              spec.commandLine(), "--size is '" + size + "'; expected ecg or emg");
    };
  }
}
