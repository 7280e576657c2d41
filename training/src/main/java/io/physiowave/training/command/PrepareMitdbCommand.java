package io.physiowave.training.command;

import io.physiowave.core.rhythm.RhythmFeature;
import io.physiowave.training.download.PublicDataset;
import io.physiowave.training.prepare.MitdbPreparation;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Cuts beat windows out of the MIT-BIH Arrhythmia Database. */
@Command(
    name = "mitdb",
    preprocessor = PublishedSpelling.class,
    sortOptions = false,
    description =
        "Beat windows of the MIT-BIH Arrhythmia Database in the AAMI classes N, S, V, F, Q, from a"
            + " directory of its WFDB records; the paced records are left out.")
public final class PrepareMitdbCommand implements Callable<Integer> {
  private static final PrepareSharedOptions.Defaults DEFAULTS =
      new PrepareSharedOptions.Defaults("0.5:2", "40:4", "none", "114,118,119,205,223");

  @Spec private CommandSpec spec;

  @Mixin private PrepareSharedOptions shared;

  @Option(
      names = "--val_records",
      description =
          "Records of the validation part (default 114,118,119,205,223, as far as they are there).")
  private String validation;

  @Option(names = "--test_records", description = "Records of a test part (default none).")
  private String test;

  @Option(
      names = "--rate",
      defaultValue = "90",
      description = "Rate of the windows, Hz (default ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--window",
      defaultValue = "64",
      description = "Samples of a window (default ${DEFAULT-VALUE}).")
  private int window;

  @Option(
      names = "--before",
      defaultValue = "24",
      description = "Samples of a window before the beat (default ${DEFAULT-VALUE}).")
  private int before;

  @Option(
      names = "--margin",
      defaultValue = "4",
      description = "Samples stored on either side for shifting (default ${DEFAULT-VALUE}).")
  private int margin;

  @Option(
      names = "--context",
      split = ",",
      arity = "0..*",
      description =
          "Rhythm features of the context row, in order (default: all); --context= for none.")
  private List<String> context =
      Arrays.stream(RhythmFeature.values()).map(RhythmFeature::publishedName).toList();

  @Override
  public Integer call() throws IOException {
    shared.obtain(PublicDataset.MITDB, new CommandLog(spec));
    List<String> features = context.stream().filter(name -> !name.isBlank()).toList();
    new MitdbPreparation(
            shared.options(
                rate, window, margin, DEFAULTS, validation, test, Configuration.of(spec)),
            before,
            features,
            new CommandLog(spec))
        .run();
    return 0;
  }
}
