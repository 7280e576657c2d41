package io.physiowave.training.command;

import io.physiowave.training.download.PublicDataset;
import io.physiowave.training.prepare.DiagnosisLabels;
import io.physiowave.training.prepare.DiagnosisPreparation;
import io.physiowave.training.prepare.LabelledRecords;
import io.physiowave.training.prepare.LudbDiagnoses;
import io.physiowave.training.prepare.PrepareOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Cuts 12-lead records with the diagnoses of their headers into multi-label windows. */
abstract class PrepareDiagnosisCommand implements Callable<Integer> {
  private static final double RATE_HZ = 500;

  private final PublicDataset published;

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

  PrepareDiagnosisCommand(PublicDataset published) {
    this.published = published;
  }

  /**
   * Finds the records and their labels.
   *
   * @param input where they lie
   * @param log takes one line at a time for the user
   */
  abstract LabelledRecords records(Path input, Consumer<String> log) throws IOException;

  @Override
  public Integer call() throws IOException {
    Consumer<String> log = new CommandLog(spec);
    shared.obtain(published, log);
    PrepareOptions options = shared.options(RATE_HZ, window, Configuration.of(spec));
    new DiagnosisPreparation(options, records(options.input(), log), hop, seed, log).run();
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
      super(PublicDataset.CHAPMAN_SHAOXING);
    }

    @Override
    LabelledRecords records(Path input, Consumer<String> log) throws IOException {
      return DiagnosisLabels.CHAPMAN_SHAOXING.find(input, log);
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
      super(PublicDataset.CPSC2018);
    }

    @Override
    LabelledRecords records(Path input, Consumer<String> log) throws IOException {
      return DiagnosisLabels.CPSC2018.find(input, log);
    }
  }

  /** The statements of a table. */
  @Command(
      name = "ludb",
      preprocessor = PublishedSpelling.class,
      sortOptions = false,
      description =
          "Multi-label windows of the Lobachevsky University Database with the diagnoses of"
              + " ludb.csv, from the directory of ludb.csv and data.")
  static final class Ludb extends PrepareDiagnosisCommand {
    @Option(
        names = "--columns",
        split = ",",
        arity = "1..*",
        description = "Columns of ludb.csv whose statements are labels (default all).")
    private List<String> columns = LudbDiagnoses.COLUMNS;

    @Option(
        names = "--min_records",
        defaultValue = "10",
        description =
            "Records that a statement must have to be a label (default ${DEFAULT-VALUE}).")
    private int minRecords;

    Ludb() {
      super(PublicDataset.LUDB);
    }

    @Override
    LabelledRecords records(Path input, Consumer<String> log) throws IOException {
      return new LudbDiagnoses(columns, minRecords).find(input, log);
    }
  }
}
