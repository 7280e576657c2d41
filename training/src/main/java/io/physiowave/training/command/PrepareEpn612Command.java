package io.physiowave.training.command;

import io.physiowave.training.download.PublicDataset;
import io.physiowave.training.prepare.Epn612Preparation;
import io.physiowave.training.prepare.EpnProtocol;
import io.physiowave.training.prepare.ValidationDraw;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Turns the samples of EMG-EPN-612 into windows. */
@Command(
    name = "epn612",
    preprocessor = PublishedSpelling.class,
    sortOptions = false,
    description =
        "Windows of the six gestures of EMG-EPN-612, from the published zip or the directory of"
            + " trainingJSON and testingJSON.")
public final class PrepareEpn612Command implements Callable<Integer> {
  private static final double RATE_HZ = 200;

  @Spec private CommandSpec spec;

  @Mixin private PrepareSharedOptions shared;

  @Option(
      names = "--window",
      defaultValue = "1024",
      description = "Samples of a window at 200 Hz (default ${DEFAULT-VALUE}).")
  private int window;

  @Option(
      names = "--protocol",
      defaultValue = "USER_DEPENDENT",
      description =
          "user-dependent, as published (samples of the testing users join the training), or"
              + " user-independent (default user-dependent).",
      converter = ProtocolName.class)
  private EpnProtocol protocol;

  @Option(
      names = "--val_split_ratio",
      defaultValue = "0.15",
      description =
          "Share of the training users for validation, user-independent only"
              + " (default ${DEFAULT-VALUE}).")
  private double valSplitRatio;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Seed of that draw (default ${DEFAULT-VALUE}).")
  private long seed;

  /** The protocols by the name that users write, with hyphens or underscores. */
  static final class ProtocolName implements ITypeConverter<EpnProtocol> {
    @Override
    public EpnProtocol convert(String text) {
      for (EpnProtocol protocol : EpnProtocol.values()) {
        if (protocol.toString().equalsIgnoreCase(text.replace('_', '-'))) {
          return protocol;
        }
      }
      throw new TypeConversionException(
          "'" + text + "'; expected user-dependent or user-independent");
    }
  }

  @Override
  public Integer call() throws IOException {
    ValidationDraw validation = new ValidationDraw(valSplitRatio, seed);
    shared.obtain(PublicDataset.EPN612, new CommandLog(spec));
    new Epn612Preparation(
            shared.options(RATE_HZ, window, Configuration.of(spec)),
            protocol,
            validation,
            new CommandLog(spec))
        .run();
    return 0;
  }
}
