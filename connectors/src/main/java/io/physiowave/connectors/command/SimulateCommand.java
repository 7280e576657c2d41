package io.physiowave.connectors.command;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.emgtext.EmgTextWriter;
import io.physiowave.connectors.recording.wfdb.WfdbCopy;
import io.physiowave.connectors.simulate.EcgLead;
import io.physiowave.connectors.simulate.EcgNoiseLevels;
import io.physiowave.connectors.simulate.EcgSimulator;
import io.physiowave.connectors.simulate.EcgSimulatorOptions;
import io.physiowave.connectors.simulate.EmgSimulator;
import io.physiowave.connectors.simulate.EmgSimulatorOptions;
import io.physiowave.connectors.simulate.RhythmProfile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code physiowave simulate}: a simulated patient or arm, into Kafka, to a gateway or into a file.
 */
@Command(
    name = "simulate",
    description =
        "Plays a simulated patient (ecg) or arm (emg) into Kafka or to a gateway, or writes it to a"
            + " file.",
    footer = {
      "",
      "Examples:",
      "  physiowave simulate ecg --rhythm ectopic --seed 7",
      "  physiowave simulate emg --gateway http://localhost:8090",
      "  physiowave simulate ecg --seconds 1800 --output simulated/e1",
      "  physiowave simulate emg --seconds 60 --output simulated/01/1_raw.txt"
    })
public final class SimulateCommand implements Callable<Integer> {
  /** What is simulated. */
  enum Kind {
    ECG,
    EMG
  }

  /** The named rhythms. */
  enum Rhythm {
    SINUS,
    ECTOPIC,
    FIBRILLATION;

    RhythmProfile profile() {
      return switch (this) {
        case SINUS -> RhythmProfile.SINUS;
        case ECTOPIC -> RhythmProfile.ECTOPIC;
        case FIBRILLATION -> RhythmProfile.FIBRILLATION;
      };
    }
  }

  /** The named noise levels. */
  enum Noise {
    NONE,
    TYPICAL,
    HEAVY;

    EcgNoiseLevels levels() {
      return switch (this) {
        case NONE -> EcgNoiseLevels.NONE;
        case TYPICAL -> EcgNoiseLevels.TYPICAL;
        case HEAVY -> EcgNoiseLevels.HEAVY;
      };
    }
  }

  private static final List<String> OF_ECG = List.of("--rhythm", "--noise", "--leads");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ecg|emg", description = "What to simulate.")
  private Kind kind;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Same seed, same samples (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Seconds of signal after which to end (default: never; needed for --output).")
  private Double seconds;

  @Option(
      names = "--rhythm",
      paramLabel = "NAME",
      description = "ecg: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
      defaultValue = "ECTOPIC")
  private Rhythm rhythm;

  @Option(
      names = "--noise",
      paramLabel = "LEVEL",
      description = "ecg: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
      defaultValue = "TYPICAL")
  private Noise noise;

  @Option(
      names = "--leads",
      paramLabel = "NAME",
      split = ",",
      description = "ecg: leads in order (default: ${DEFAULT-VALUE}).",
      defaultValue = "MLII,V1")
  private List<String> leads;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Write a file instead: ecg a WFDB record with its truth as .atr, emg a text file in the"
              + " form of the UCI data set.")
  private Path output;

  @Mixin private ReplaySettings settings;

  @Mixin private FrameDestination destination;

  /** Runs the command and ends the Java machine with its exit code. */
  public static void main(String[] arguments) {
    CommandLogging.configure(SimulateCommand.class);
    System.exit(CommandRunner.run(new SimulateCommand(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (seconds != null && !(seconds > 0)) {
      throw new ParameterException(
          spec.commandLine(), "--seconds is " + seconds + "; expected a number above 0");
    }
    if (kind == Kind.EMG) {
      requireNone(OF_ECG);
    }
    if (output != null && seconds == null) {
      throw new ParameterException(
          spec.commandLine(), "--output needs --seconds: a file must end somewhere");
    }
    if (output != null && output.getFileName() == null) {
      throw new ParameterException(
          spec.commandLine(), "--output is '" + output + "'; expected a file");
    }
    try (Recording recording = kind == Kind.ECG ? ecg() : emg()) {
      PrintWriter out = spec.commandLine().getOut();
      if (output == null) {
        ReplayRun.run(
            recording,
            settings.replay(recording.name(), List.of(), OptionalLong.empty()),
            destination,
            out);
      } else {
        out.println("Wrote " + write(recording) + " samples a channel to " + output);
        out.flush();
      }
    }
    return CommandRunner.SUCCESS;
  }

  private Recording ecg() {
    EcgSimulatorOptions options =
        EcgSimulatorOptions.of(rhythm.profile(), seed)
            .withNoise(noise.levels())
            .withLeads(leads.stream().map(EcgLead::named).toList());
    return new EcgSimulator(
        seconds == null ? options : options.withSampleCount(samples(options.sampleRateHz())));
  }

  private void requireNone(List<String> options) {
    for (String option : options) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(
            spec.commandLine(), option + " is for ecg alone; emg has no such thing");
      }
    }
  }

  private Recording emg() {
    EmgSimulatorOptions options = EmgSimulatorOptions.of(seed);
    return new EmgSimulator(
        seconds == null
            ? options
            : options.withSampleCount(samples(EmgSimulatorOptions.SAMPLE_RATE_HZ)));
  }

  /** At least one, however short the time. */
  private long samples(double rateHz) {
    return Math.max(1, Math.round(seconds * rateHz));
  }

  private long write(Recording recording) throws IOException {
    return kind == Kind.ECG
        ? WfdbCopy.write(
            output.toAbsolutePath().getParent(), output.getFileName().toString(), recording)
        : EmgTextWriter.write(output, recording);
  }
}
