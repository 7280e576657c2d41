package io.physiowave.training.command;

import io.physiowave.training.download.PublicDataset;
import io.physiowave.training.prepare.PtbxlPreparation;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Cuts PTB-XL into windows of its five diagnostic superclasses. */
@Command(
    name = "ptbxl",
    preprocessor = PublishedSpelling.class,
    sortOptions = false,
    description =
        "Windows of PTB-XL in the superclasses NORM, MI, STTC, CD, HYP, from the directory of"
            + " ptbxl_database.csv, scp_statements.csv and records500.")
public final class PreparePtbxlCommand implements Callable<Integer> {
  private static final double RATE_HZ = 500;

  @Spec private CommandSpec spec;

  @Mixin private PrepareSharedOptions shared;

  @Option(
      names = "--window",
      defaultValue = "2048",
      description = "Samples of a window at 500 Hz (default ${DEFAULT-VALUE}).")
  private int window;

  @Option(
      names = "--hop",
      defaultValue = "1024",
      description = "Samples between windows (default ${DEFAULT-VALUE}).")
  private int hop;

  @Override
  public Integer call() throws IOException {
    shared.obtain(PublicDataset.PTBXL, new CommandLog(spec));
    new PtbxlPreparation(
            shared.options(RATE_HZ, window, Configuration.of(spec)), hop, new CommandLog(spec))
        .run();
    return 0;
  }
}
