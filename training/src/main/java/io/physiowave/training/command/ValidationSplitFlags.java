package io.physiowave.training.command;

import io.physiowave.training.finetune.TrainingParts;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The flags of how a validation part is set apart where no file is given for it. */
final class ValidationSplitFlags {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--val_split_ratio",
      defaultValue = "0.1",
      description = "Share set apart without --val_file (default ${DEFAULT-VALUE}).")
  private double valSplitRatio;

  @Option(
      names = "--val_split_by",
      defaultValue = "window",
      description =
          "Set single windows or whole groups (records, subjects) apart: window or group"
              + " (default ${DEFAULT-VALUE}).")
  private String valSplitBy;

  double share() {
    return valSplitRatio;
  }

  /**
   * Whether whole groups are set apart.
   *
   * @throws ParameterException when the flag is neither of the two
   */
  boolean byGroup() {
    return switch (valSplitBy) {
      case "group" -> true;
      case "window" -> false;
      default ->
          throw new ParameterException(
              command.commandLine(),
              "--val_split_by is '" + valSplitBy + "'; expected window or group");
    };
  }

  /**
   * What is wrong with figures on single windows that were set apart, when they were.
   *
   * @param isApart whether no validation file was given
   * @param parts of each signal
   */
  Optional<String> explain(boolean isApart, List<TrainingParts> parts) {
    boolean grouped = parts.stream().anyMatch(part -> part.train().windows().groups().isPresent());
    return isApart && grouped && !byGroup()
        ? Optional.of(
            "--val_split_by window: windows of one record or subject are in training and in"
                + " validation, so its figures say little about others; --val_split_by group or"
                + " --val_file keeps them apart")
        : Optional.empty();
  }
}
