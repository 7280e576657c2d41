package io.physiowave.training.command;

import io.physiowave.training.distributed.LocalLauncher;
import io.physiowave.training.distributed.Rank;
import io.physiowave.training.run.Precision;
import io.physiowave.training.run.TrainingDevice;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The flags of where and how a training runs. */
final class RunOptions {
  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Seed of everything that is drawn (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--device",
      defaultValue = "auto",
      description = "auto, cpu or cuda:N (default ${DEFAULT-VALUE}).")
  private String device;

  @Option(
      names = "--threads",
      defaultValue = "0",
      description = "Threads of one operation; 0 leaves the choice to libtorch.")
  private int threads;

  @Option(
      names = "--resume",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "FILE",
      description =
          "Go on from the last state in --output_dir, exactly as if never stopped; a FILE, as the"
              + " published script asks for, must lie there.")
  private Path resume;

  @Option(
      names = "--save_steps",
      defaultValue = "0",
      description = "Save the state every so many steps; 0 at the ends of epochs only.")
  private int saveSteps;

  @Option(
      names = "--use_amp",
      description =
          "Train with bfloat16 autocast on a GPU; on a CPU, where it is slower, float32 stays.")
  private boolean useAmp;

  @Option(
      names = "--no_dropout",
      description =
          "Turn every dropout off, also the fixed one of the published channel aggregation: for"
              + " comparisons that must not hang on chance.")
  private boolean noDropout;

  @Option(
      names = "--num_workers",
      defaultValue = "1",
      description = "Threads that prepare batches in advance (default ${DEFAULT-VALUE}).")
  private int numWorkers;

  @Option(
      names = "--nproc",
      defaultValue = "1",
      description =
          "Processes on this machine that train together, on GPU 0, 1, ... or on the CPU, each with"
              + " --batch_size windows a step. On several machines start one each with RANK,"
              + " WORLD_SIZE, LOCAL_RANK, MASTER_ADDR and MASTER_PORT instead"
              + " (default ${DEFAULT-VALUE}).")
  private int nproc;

  @Option(
      names = "--world_size",
      hidden = true,
      description = "Accepted and without effect, as in the published script: see --nproc.")
  private Integer worldSize;

  @Option(names = "--no_progress", description = "Print no progress bar.")
  private boolean noProgress;

  long seed() {
    return seed;
  }

  TrainingDevice device() {
    return TrainingDevice.of(device, rank().localRank());
  }

  /** Which of several processes this is, as the environment says. */
  Rank rank() {
    return Rank.of(System.getenv());
  }

  /**
   * Whether this process only starts others: several are asked for, and nobody has told this one
   * that it is one of them.
   */
  boolean startsProcesses() {
    if (nproc < 1) {
      throw new IllegalArgumentException("nproc is " + nproc + "; expected 1 or more");
    }
    return nproc > 1 && !Rank.isGiven(System.getenv());
  }

  /**
   * Runs the command in several processes.
   *
   * @return the exit code
   */
  int startProcesses(CommandSpec command) throws IOException {
    List<String> given = command.commandLine().getParseResult().originalArgs();
    List<String> arguments = new ArrayList<>(given);
    if (given.isEmpty() || !given.get(0).equals(command.name())) {
      arguments.add(0, command.name());
    }
    CommandLine line = command.commandLine();
    return new LocalLauncher(TrainingCommand.class, line.getOut(), line.getErr())
        .run(nproc, arguments);
  }

  /** What {@code --world_size} comes to, when it says something else than what is. */
  Optional<String> explainWorldSize() {
    int processes = rank().worldSize();
    return worldSize == null || worldSize == processes
        ? Optional.empty()
        : Optional.of(
            "--world_size "
                + worldSize
                + ": has no effect, as in the published script; "
                + processes
                + " processes train, and --nproc sets how many");
  }

  /** Where lines for the user go: nowhere from all but the first of several processes. */
  PrintWriter output(CommandSpec command) {
    return rank().rank() == 0
        ? command.commandLine().getOut()
        : new PrintWriter(Writer.nullWriter());
  }

  /** Options as they stand, for the record. */
  Map<String, Object> configuration(CommandSpec command) {
    Map<String, Object> values = Configuration.of(command);
    values.put("resume", resume != null);
    if (rank().worldSize() > 1) {
      values.put("world_size", rank().worldSize());
    }
    return values;
  }

  int threads() {
    return threads;
  }

  /**
   * Whether to go on from a former run.
   *
   * @param outputDirectory of the run
   * @throws IllegalArgumentException when a file of another folder is named to go on from
   */
  boolean resume(Path outputDirectory) {
    boolean names = resume != null && !resume.toString().isEmpty();
    Path folder = outputDirectory.toAbsolutePath().normalize();
    if (names && !resume.toAbsolutePath().normalize().startsWith(folder)) {
      throw new IllegalArgumentException(
          "--resume "
              + resume
              + " does not lie in --output_dir "
              + outputDirectory
              + "; expected"
              + " the folder of the run that is to go on");
    }
    return resume != null;
  }

  int saveSteps() {
    return saveSteps;
  }

  boolean dropout() {
    return !noDropout;
  }

  int workers() {
    return numWorkers;
  }

  /** bfloat16 autocast where it was asked for and is of use. */
  Precision precision() {
    return useAmp && device().isCuda() ? Precision.MIXED : Precision.FULL;
  }

  /** What {@code --use_amp} comes to, when it was asked for. */
  Optional<String> explainPrecision() {
    if (!useAmp) {
      return Optional.empty();
    }
    return Optional.of(
        precision() == Precision.MIXED
            ? "--use_amp: bfloat16 autocast on " + device().name()
            : "--use_amp: arithmetic stays float32 on the CPU, where fused attention is faster in"
                + " float32 than in bfloat16");
  }

  // From JDK 22 on there is a console without a terminal too; then the bar is shown for nothing.
  @SuppressWarnings("SystemConsoleNull")
  boolean showProgress() {
    // Without a terminal the bar would fill a log file with copies of itself.
    return !noProgress && System.console() != null;
  }
}
