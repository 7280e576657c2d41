package io.physiowave.training.command;

import io.physiowave.training.download.PublicDataset;
import io.physiowave.training.prepare.NinaproDb6Preparation;
import io.physiowave.training.prepare.ValidationDraw;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Cuts Ninapro DB6 into windows without labels. */
@Command(
    name = "ninapro-db6",
    preprocessor = PublishedSpelling.class,
    sortOptions = false,
    description =
        "Windows of Ninapro DB6 without labels, for pretraining, from a directory of its MAT files"
            + " or zip files.")
public final class PrepareNinaproDb6Command implements Callable<Integer> {
  private static final double RATE_HZ = 2000;

  @Spec private CommandSpec spec;

  @Mixin private PrepareSharedOptions shared;

  @Option(
      names = "--window",
      defaultValue = "1024",
      description = "Samples of a window at 2000 Hz (default ${DEFAULT-VALUE}).")
  private int window;

  @Option(
      names = "--hop",
      defaultValue = "512",
      description = "Samples between windows (default ${DEFAULT-VALUE}).")
  private int hop;

  @Option(
      names = "--split_by",
      defaultValue = "window",
      description =
          "window, as published (validation windows overlap training windows), or subject"
              + " (default ${DEFAULT-VALUE}).")
  private NinaproDb6Preparation.SplitBy splitBy;

  @Option(
      names = "--val_split_ratio",
      defaultValue = "0.2",
      description = "Share of windows or subjects for validation (default ${DEFAULT-VALUE}).")
  private double valSplitRatio;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Seed of the split (default ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws IOException {
    ValidationDraw validation = new ValidationDraw(valSplitRatio, seed);
    shared.obtain(PublicDataset.NINAPRO_DB6, new CommandLog(spec));
    new NinaproDb6Preparation(
            shared.options(RATE_HZ, window, Configuration.of(spec)),
            hop,
            splitBy,
            validation,
            new CommandLog(spec))
        .run();
    return 0;
  }
}
