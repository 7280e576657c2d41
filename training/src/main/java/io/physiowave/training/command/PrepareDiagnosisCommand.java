package io.physiowave.training.command;

import io.physiowave.training.prepare.DiagnosisLabels;
import io.physiowave.training.prepare.DiagnosisPreparation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Cuts 12-lead records with the diagnoses of their headers into multi-label windows. */
abstract class PrepareDiagnosisCommand implements Callable<Integer> {
  private static final PrepareSharedOptions.Defaults NO_FILTERS =
      new PrepareSharedOptions.Defaults("none", "none", "none", "");
  private static final double RATE_HZ = 500;

  private final DiagnosisLabels diagnoses;

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

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Seed of the split 7:2:1 (default ${DEFAULT-VALUE}).")
  private long seed;

  PrepareDiagnosisCommand(DiagnosisLabels diagnoses) {
    this.diagnoses = diagnoses;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    new DiagnosisPreparation(
            shared.options(RATE_HZ, window, 0, NO_FILTERS, null, null, Configuration.of(spec)),
            diagnoses,
            hop,
            seed,
            line -> {
              out.println(line);
              out.flush();
            })
        .run();
    return 0;
  }

  /** Four merged rhythms. */
  @Command(
      name = "chapman-shaoxing",
      preprocessor = PublishedSpelling.class,
      sortOptions = false,
      description =
          "Multi-label windows of the Chapman-Shaoxing 12-lead database (SB, AFIB, GSVT, SR), from"
              + " a directory of its WFDB records.")
  static final class ChapmanShaoxing extends PrepareDiagnosisCommand {
    ChapmanShaoxing() {
      super(DiagnosisLabels.CHAPMAN_SHAOXING);
    }
  }

  /** Nine diagnoses. */
  @Command(
      name = "cpsc2018",
      preprocessor = PublishedSpelling.class,
      sortOptions = false,
      description =
          "Multi-label windows of CPSC 2018 (nine diagnoses), from a directory of its WFDB records"
              + " as in the PhysioNet/CinC Challenge 2021.")
  static final class Cpsc2018 extends PrepareDiagnosisCommand {
    Cpsc2018() {
      super(DiagnosisLabels.CPSC2018);
    }
  }
}
