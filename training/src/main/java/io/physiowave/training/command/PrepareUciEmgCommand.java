package io.physiowave.training.command;

import io.physiowave.training.download.PublicDataset;
import io.physiowave.training.prepare.UciEmgPreparation;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Cuts gesture windows out of the UCI data set "EMG data for gestures". */
@Command(
    name = "uci-emg",
    preprocessor = PublishedSpelling.class,
    sortOptions = false,
    description =
        "Windows of held gestures (classes 1 to 6) from the UCI data set \"EMG data for gestures\","
            + " its zip as distributed or the directory of its subjects.")
public final class PrepareUciEmgCommand implements Callable<Integer> {
  private static final PrepareSharedOptions.Defaults DEFAULTS =
      new PrepareSharedOptions.Defaults("10:2", "none", "none", "04,06,14,19,22,23");

  @Spec private CommandSpec spec;

  @Mixin private PrepareSharedOptions shared;

  @Option(
      names = "--val_subjects",
      description =
          "Subjects of the validation part (default 04,06,14,19,22,23, as far as they are"
              + " there).")
  private String validation;

  @Option(names = "--test_subjects", description = "Subjects of a test part (default none).")
  private String test;

  @Option(
      names = "--rate",
      defaultValue = "200",
      description = "Rate of the windows, Hz (default ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--window",
      defaultValue = "96",
      description = "Samples of a window (default ${DEFAULT-VALUE}).")
  private int window;

  @Option(
      names = "--hop",
      defaultValue = "20",
      description = "Samples between windows when serving (default ${DEFAULT-VALUE}).")
  private int hop;

  @Option(
      names = "--train_hop",
      defaultValue = "10",
      description = "Samples between the windows stored for training (default ${DEFAULT-VALUE}).")
  private int trainHop;

  @Option(
      names = "--transition",
      defaultValue = "0",
      description = "Samples left out at both ends of a gesture (default ${DEFAULT-VALUE}).")
  private int transition;

  @Option(
      names = "--margin",
      defaultValue = "10",
      description = "Samples stored on either side for shifting (default ${DEFAULT-VALUE}).")
  private int margin;

  @Option(
      names = "--unit",
      defaultValue = "V",
      description = "Unit of the windows (default ${DEFAULT-VALUE}).")
  private String unit;

  @Override
  public Integer call() throws IOException {
    shared.obtain(PublicDataset.UCI_EMG, new CommandLog(spec));
    new UciEmgPreparation(
            shared.options(
                rate, window, margin, DEFAULTS, validation, test, Configuration.of(spec)),
            hop,
            trainHop,
            transition,
            unit,
            new CommandLog(spec))
        .run();
    return 0;
  }
}
