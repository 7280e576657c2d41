package io.physiowave.training.command;

import io.physiowave.core.frame.Modality;
import io.physiowave.training.download.PublicDataset;
import io.physiowave.training.prepare.PrepareOptions;
import io.physiowave.training.prepare.ValidationDraw;
import io.physiowave.training.prepare.WfdbPreparation;
import io.physiowave.training.prepare.WindowScaling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Cuts windows without labels out of any directory of records. */
@Command(
    name = "wfdb",
    preprocessor = PublishedSpelling.class,
    sortOptions = false,
    description =
        "Windows without labels, for pretraining, from any directory of WFDB records (PTB-XL,"
            + " Chapman-Shaoxing, MIMIC-IV-ECG, LUDB, ... as PhysioNet distributes them), divided"
            + " by record.")
public final class PrepareWfdbCommand implements Callable<Integer> {
  private static final PrepareSharedOptions.Defaults DEFAULTS =
      new PrepareSharedOptions.Defaults("none", "none", "none", "");

  @Spec private CommandSpec spec;

  @Mixin private PrepareSharedOptions shared;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description =
          "What the recordings are, as descriptions and cards shall say it (default: the name of the"
              + " directory).")
  private String source;

  @Option(
      names = "--licence",
      paramLabel = "LICENCE",
      defaultValue = "see its publisher",
      description = "Licence of the recordings (default '${DEFAULT-VALUE}').")
  private String licence;

  @Option(
      names = "--channels",
      split = ",",
      arity = "1..*",
      description = "Rows of a window by channel name (default the twelve standard leads).")
  private List<String> channels =
      List.of("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6");

  @Option(
      names = "--rate",
      defaultValue = "500",
      description = "Rate of the windows, Hz (default ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--window",
      defaultValue = "2048",
      description = "Samples of a window (default ${DEFAULT-VALUE}).")
  private int window;

  @Option(names = "--hop", description = "Samples between windows (default: as many as a window).")
  private Integer hop;

  @Option(
      names = "--unit",
      defaultValue = "mV",
      description = "Unit of the windows before scaling (default ${DEFAULT-VALUE}).")
  private String unit;

  @Option(
      names = "--modality",
      defaultValue = "ECG",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
  private Modality modality;

  @Option(
      names = "--scale",
      defaultValue = "zscore",
      description =
          "What is done to each channel of a window: ${COMPLETION-CANDIDATES}"
              + " (default ${DEFAULT-VALUE}).")
  private WindowScaling scale;

  @Option(
      names = "--val_split_ratio",
      defaultValue = "0.1",
      description = "Share of the records set apart for validation (default ${DEFAULT-VALUE}).")
  private double valSplitRatio;

  @Option(
      names = "--val_records",
      description = "Records of the validation part, instead of a drawn share.")
  private String validation;

  @Option(names = "--test_records", description = "Records of a test part (default none).")
  private String test;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Seed of the split (default ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws IOException {
    ValidationDraw draw = new ValidationDraw(valSplitRatio, seed);
    shared.obtain(PublicDataset.ANY_WFDB, new CommandLog(spec));
    PrepareOptions options =
        shared.options(rate, window, 0, DEFAULTS, validation, test, Configuration.of(spec));
    new WfdbPreparation(
            options,
            source == null ? nameOf(options.input()) : source,
            licence,
            channels,
            hop == null ? window : hop,
            unit,
            modality,
            scale,
            draw,
            new CommandLog(spec))
        .run();
    return 0;
  }

  private static String nameOf(Path input) {
    return input.toAbsolutePath().normalize().getFileName().toString();
  }
}
