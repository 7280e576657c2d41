package io.physiowave.training.command;

import io.physiowave.core.card.EpisodeRules;
import io.physiowave.core.card.InvalidModelCardException;
import io.physiowave.core.card.LabelNames;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What a model's author says beyond what training knows, for the card. Of episodes, the job's
 * options of the same name win.
 */
final class CardFlags {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--onset-probability",
      paramLabel = "P",
      description =
          "For the card: a label begins an episode only from this probability on, 0 to 1. Default:"
              + " left to the job.")
  private Double onset;

  @Option(
      names = "--offset-probability",
      paramLabel = "P",
      description =
          "For the card: an episode goes on while its label keeps this probability. Default: left"
              + " to the job.")
  private Double offset;

  @Option(
      names = "--minimum-duration",
      paramLabel = "SECONDS",
      description =
          "For the card: how long a label must hold to begin an episode, and be gone to end it."
              + " Default: left to the job.")
  private Double minimumSeconds;

  @Option(
      names = "--background-labels",
      split = ",",
      paramLabel = "LABEL",
      description =
          "For the card: labels that mean that nothing happens, separated by commas. Default: left"
              + " to the job.")
  private List<String> background;

  @Option(
      names = {"--label-names", "--label_names"},
      split = ",",
      paramLabel = "LABEL=NAME",
      description =
          "For the card: what people call each label, separated by commas, e.g."
              + " 1=rest,2=fist. Default: as 'prepare' knows them, if it does.")
  private Map<String, String> labelNames = Map.of();

  /**
   * Refuses what the card could not hold.
   *
   * @param model what is exported
   * @throws ParameterException when something is said
   */
  void requireNone(String model) {
    if (!rules().equals(EpisodeRules.OPEN) || !labelNames.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          "--onset-probability, --offset-probability, --minimum-duration, --background-labels and"
              + " --label-names are for a model that gives a window one label, not for "
              + model);
    }
  }

  /**
   * The rules.
   *
   * @throws ParameterException when a value is none, or two contradict each other
   */
  EpisodeRules rules() {
    try {
      return new EpisodeRules(onset, offset, minimumSeconds, background);
    } catch (InvalidModelCardException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  /**
   * Names of labels, by label; empty when none are given.
   *
   * @param labels of the model
   * @throws ParameterException when they do not name each label
   */
  Map<String, String> labelNames(List<String> labels) {
    try {
      return LabelNames.of(labels, labelNames);
    } catch (InvalidModelCardException e) {
      throw new ParameterException(command.commandLine(), "--label-names: " + e.getMessage(), e);
    }
  }
}
