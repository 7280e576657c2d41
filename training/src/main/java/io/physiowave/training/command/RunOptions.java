package io.physiowave.training.command;

import io.physiowave.training.run.TrainingDevice;
import java.util.Optional;
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
      description = "Go on from the last state in --output_dir, exactly as if never stopped.")
  private boolean resume;

  @Option(
      names = "--save_steps",
      defaultValue = "0",
      description = "Save the state every so many steps; 0 at the ends of epochs only.")
  private int saveSteps;

  @Option(
      names = "--use_amp",
      description = "Ask for bfloat16 arithmetic; on CPU it is slower and stays float32.")
  private boolean useAmp;

  @Option(
      names = "--num_workers",
      defaultValue = "1",
      description = "Threads that prepare batches in advance (default ${DEFAULT-VALUE}).")
  private int numWorkers;

  @Option(names = "--no_progress", description = "Print no progress bar.")
  private boolean noProgress;

  long seed() {
    return seed;
  }

  TrainingDevice device() {
    return TrainingDevice.of(device);
  }

  int threads() {
    return threads;
  }

  boolean resume() {
    return resume;
  }

  int saveSteps() {
    return saveSteps;
  }

  int workers() {
    return numWorkers;
  }

  /** What {@code --use_amp} comes to, when it was asked for. */
  Optional<String> explainPrecision() {
    if (!useAmp) {
      return Optional.empty();
    }
    return Optional.of(
        device().isCuda()
            ? "--use_amp: this version trains in float32 on the GPU too"
            : "--use_amp: arithmetic stays float32 on CPU, where bfloat16 attention is slower");
  }

  // From JDK 22 on there is a console without a terminal too; then the bar is shown for nothing.
  @SuppressWarnings("SystemConsoleNull")
  boolean showProgress() {
    // Without a terminal the bar would fill a log file with copies of itself.
    return !noProgress && System.console() != null;
  }
}
