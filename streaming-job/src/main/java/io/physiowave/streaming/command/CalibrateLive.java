package io.physiowave.streaming.command;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.core.card.ModelCard;
import io.physiowave.streaming.calibrate.GuidedSession;
import io.physiowave.streaming.calibrate.HeldWindows;
import io.physiowave.streaming.calibrate.PromptNames;
import io.physiowave.streaming.calibrate.StreamFrames;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code physiowave calibrate live}. */
@Command(
    name = "live",
    description =
        "Says what to do when, with the device worn and sending, and learns from it. Ctrl-C stops"
            + " and changes nothing.")
final class CalibrateLive implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Spec private CommandSpec spec;
  @Mixin private CalibrationTarget target;
  @Mixin private CalibrationResult result;

  @Option(
      names = "--rounds",
      defaultValue = "2",
      paramLabel = "<n>",
      description = "How often each label is held; default ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--hold",
      defaultValue = "2",
      paramLabel = "<seconds>",
      description = "How long each label is held; default ${DEFAULT-VALUE}.")
  private double hold;

  @Option(
      names = "--rest",
      defaultValue = "2",
      paramLabel = "<seconds>",
      description = "Time to get ready before each; default ${DEFAULT-VALUE}.")
  private double rest;

  @Option(
      names = "--frames-topic",
      paramLabel = "<topic>",
      description = "Where the device's frames are; default signal.frames.")
  private String framesTopic = SignalTopic.FRAMES.topicName();

  @Override
  public Integer call() throws Exception {
    require(rounds >= 1, "--rounds is " + rounds + "; expected 1 or more");
    require(rest > 0 && rest <= 60, "--rest is " + rest + "; expected above 0 to 60 seconds");
    require(hold > 0 && hold <= 60, "--hold is " + hold + "; expected above 0 to 60 seconds");
    ModelCard card = result.card();
    PromptNames names = result.names(card);
    result.requireUseful(target);
    PrintWriter out = target.out();
    out.printf(
        Locale.ROOT,
        "%s for %s: %d labels, %d times each, about %.0f s%n",
        target.stream(),
        card.name(),
        card.labels().size(),
        rounds,
        card.labels().size() * rounds * (rest + hold));
    GuidedSession session =
        new GuidedSession(card, new Told(out, names), rounds, seconds(rest), seconds(hold));
    HeldWindows windows;
    try (StreamFrames frames =
        new StreamFrames(framesTopic, target.stream(), PATIENCE, target.client())) {
      windows = session.run(frames);
    }
    out.println("you can relax");
    result.conclude(windows, names, target);
    return 0;
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), problem);
    }
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private record Told(PrintWriter out, PromptNames names) implements GuidedSession.Prompts {
    @Override
    public void getReady(String label, int round, Duration time) {
      say("round " + round + ": get ready for " + names.of(label));
    }

    @Override
    public void hold(String label, int round, Duration time) {
      say("         hold " + names.of(label) + " for " + time.toMillis() / 1000.0 + " s");
    }

    @Override
    public void again(String label, String why) {
      say("         again: " + why);
    }

    private void say(String line) {
      out.println(line);
      out.flush();
    }
  }
}
