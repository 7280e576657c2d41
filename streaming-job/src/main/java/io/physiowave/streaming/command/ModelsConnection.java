package io.physiowave.streaming.command;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.streaming.control.ControlTopics;
import io.physiowave.streaming.control.ModelDeployment;
import io.physiowave.streaming.control.ModelRelease;
import io.physiowave.streaming.control.ModelStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that every {@code models} command shares, and what they do with them. */
final class ModelsConnection {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Mixin private KafkaClient client;

  @Option(
      names = "--models-topic",
      paramLabel = "<topic>",
      description = "Where wishes go; default signal.models.")
  private String modelsTopic = SignalTopic.MODELS.topicName();

  @Option(
      names = "--models-status-topic",
      paramLabel = "<topic>",
      description = "Where the job answers; default signal.models.status.")
  private String statusTopic = SignalTopic.MODELS_STATUS.topicName();

  @Option(
      names = "--wait",
      defaultValue = "30",
      paramLabel = "<seconds>",
      description =
          "How long to wait for the job's answer to a change; 0 does not wait; default"
              + " ${DEFAULT-VALUE}.")
  private int waitSeconds;

  ControlTopics connect() {
    if (waitSeconds < 0) {
      throw new ParameterException(
          command.commandLine(), "--wait is " + waitSeconds + "; expected 0 or more seconds");
    }
    return new ControlTopics(
        client.bootstrapServers(), modelsTopic, statusTopic, client.settings());
  }

  PrintWriter out() {
    return command.commandLine().getOut();
  }

  /**
   * What is published of a model, without a trial that another name has ended.
   *
   * @throws IllegalArgumentException when nothing is
   */
  static ModelDeployment known(ControlTopics topics, String name) {
    Map<String, ModelDeployment> all = topics.deployments();
    ModelDeployment deployment = all.get(name);
    if (deployment == null) {
      throw new IllegalArgumentException(
          "no model '" + name + "' is published; published are " + all.keySet());
    }
    return deployment.withoutEndedTrial(all.values());
  }

  /**
   * Asks for a change and prints the job's answer. A change that is refused is taken back, so that
   * the topic says what holds.
   *
   * @param before what to go back to
   * @param wanted what should hold
   * @param what for people: the change as it will have been made
   * @throws IllegalArgumentException when the job refuses
   * @throws IllegalStateException when no job answers in time
   */
  void change(ControlTopics topics, ModelDeployment before, ModelDeployment wanted, String what) {
    boolean isActivation = wanted.activation() != before.activation();
    boolean isTrial = wanted.trial() > before.trial();
    ModelDeployment asked = wanted.after(before);
    if (isActivation) {
      asked = asked.activatedAfter(topics.deployments().values());
    } else if (isTrial) {
      asked = asked.triedAfter(topics.deployments().values());
    }
    if (waitSeconds == 0) {
      topics.write(asked);
      out().println("asked for: " + what);
      return;
    }
    Optional<ModelStatus> answer = topics.writeAndWait(asked, Duration.ofSeconds(waitSeconds));
    if (answer.isEmpty()) {
      throw new IllegalStateException(
          "asked for: " + what + "; but no job has answered within " + waitSeconds + " s");
    }
    if (!answer.get().accepted()) {
      takeBack(topics, before, asked);
      throw new IllegalArgumentException(
          wanted.name() + " " + answer.get().version() + " is refused: " + answer.get().reason());
    }
    if (isActivation && answer.get().version().isEmpty()) {
      throw new IllegalStateException(
          serves(wanted)
              + " no stream: the job knows of a later activation of another model for the same kind"
              + " of signal, see 'physiowave models list'; activate this one again if it is meant");
    }
    if (isTrial && answer.get().shadow() == null && answer.get().canary() == null) {
      throw new IllegalStateException(
          wanted.name()
              + ": nothing is on trial: the job knows of a later activation, or trial, of another"
              + " model for the same kind of signal, see 'physiowave models list'; begin this one"
              + " again if it is meant");
    }
    out().println(what);
  }

  /** Unless somebody has asked for something else meanwhile. */
  private static void takeBack(
      ControlTopics topics, ModelDeployment before, ModelDeployment asked) {
    ModelDeployment latest = topics.deployments().get(asked.name());
    if (asked.equals(latest)) {
      topics.write(before.after(asked));
    }
  }

  /** For people: which version serves. */
  static String serves(ModelDeployment deployment) {
    return deployment.name()
        + " "
        + deployment.active().map(ModelRelease::version).orElse("")
        + " serves";
  }
}
