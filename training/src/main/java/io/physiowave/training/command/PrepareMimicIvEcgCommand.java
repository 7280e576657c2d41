package io.physiowave.training.command;

import io.physiowave.training.download.PublicDataset;
import io.physiowave.training.prepare.MimicIvEcgPreparation;
import io.physiowave.training.prepare.ValidationDraw;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Cuts MIMIC-IV-ECG into windows without labels. */
@Command(
    name = "mimic-iv-ecg",
    preprocessor = PublishedSpelling.class,
    sortOptions = false,
    description =
        "Windows of MIMIC-IV-ECG without labels, for pretraining, from the directory of"
            + " record_list.csv and files.")
public final class PrepareMimicIvEcgCommand implements Callable<Integer> {
  private static final double RATE_HZ = 500;

  @Spec private CommandSpec spec;

  @Mixin private PrepareSharedOptions shared;

  @Option(
      names = "--channels",
      split = ",",
      arity = "1..*",
      description = "Rows of a window by lead name (default the twelve leads in standard order).")
  private List<String> channels =
      List.of("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6");

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

  /** What is divided. */
  private enum SplitBy {
    RECORD,
    SUBJECT
  }

  @Option(
      names = "--split_by",
      defaultValue = "record",
      description =
          "record, as published (a patient may be in both parts), or subject"
              + " (default ${DEFAULT-VALUE}).")
  private SplitBy splitBy;

  @Option(
      names = "--val_split_ratio",
      defaultValue = "0.15",
      description =
          "Share of records or subjects set apart for validation (default ${DEFAULT-VALUE}).")
  private double valSplitRatio;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Seed of the split (default ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws IOException {
    ValidationDraw validation = new ValidationDraw(valSplitRatio, seed);
    shared.obtain(PublicDataset.MIMIC_IV_ECG, new CommandLog(spec));
    new MimicIvEcgPreparation(
            shared.options(RATE_HZ, window, Configuration.of(spec)),
            channels,
            hop,
            splitBy == SplitBy.SUBJECT,
            validation,
            new CommandLog(spec))
        .run();
    return 0;
  }
}
