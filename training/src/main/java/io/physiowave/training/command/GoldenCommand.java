package io.physiowave.training.command;

import io.physiowave.training.golden.GoldenDifference;
import io.physiowave.training.golden.GoldenSet;
import io.physiowave.training.model.AttentionKernel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Computes the numbers by which implementations of the model are compared. */
@Command(
    name = "golden",
    description = {
      "Compute every stage, both losses, their gradients and one AdamW step on given weights and"
          + " windows.",
      "When the data file holds reference numbers, the largest difference of each is printed, and"
          + " the exit code is 1 if one is too far."
    })
public final class GoldenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "JSON with the model's sizes, under the published names.")
  private Path config;

  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "FILE",
      description = "The weights: a .pth file.")
  private Path checkpoint;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "HDF5 with data (N,C,T), label (N) and golden/mask_noise (N,L).")
  private Path data;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The HDF5 file to write, in the same layout.")
  private Path output;

  @Option(
      names = "--attention",
      defaultValue = "FUSED",
      description =
          "How attention is computed: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
  private AttentionKernel attention;

  @Override
  public Integer call() throws IOException {
    OutputPlace.require(spec, output, data, checkpoint, config);
    GoldenSet set = GoldenSet.compute(config, checkpoint, data, attention);
    set.write(output);
    PrintWriter out = spec.commandLine().getOut();
    Optional<List<GoldenDifference>> differences = set.differences();
    differences.ifPresent(list -> list.forEach(out::println));
    out.println("wrote " + output);
    out.flush();
    boolean accepted =
        differences.stream().flatMap(List::stream).allMatch(GoldenDifference::isAccepted);
    return accepted ? 0 : 1;
  }
}
