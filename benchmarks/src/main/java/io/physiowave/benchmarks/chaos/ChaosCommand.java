package io.physiowave.benchmarks.chaos;

import io.physiowave.benchmarks.platform.JsonOutput;
import io.physiowave.connectors.command.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code physiowave bench chaos}. */
@Command(
    name = "chaos",
    sortOptions = false,
    description = {
      "Kills a TaskManager, the JobManager, ZooKeeper and the broker of a cluster of real"
          + " processes, swaps the models and rescales the job, while simulated devices send; then"
          + " proves from what was sent that no label is missing and none is doubled.",
      "",
      "Exit code 0 only when that is so."
    })
public final class ChaosCommand implements Callable<Integer> {
  private static final String HOME = "physiowave.home";

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "Minutes for which devices send (default: ${DEFAULT-VALUE}).",
      defaultValue = "3")
  private double minutes;

  @Option(
      names = "--ecg-streams",
      paramLabel = "N",
      description = "Simulated patients (default: ${DEFAULT-VALUE}).",
      defaultValue = "4")
  private int ecgStreams;

  @Option(
      names = "--emg-streams",
      paramLabel = "N",
      description = "Simulated arms (default: ${DEFAULT-VALUE}).",
      defaultValue = "4")
  private int emgStreams;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of their signals (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description = "Folder of the cluster, emptied before; default target/chaos.")
  private Path directory;

  @Option(names = "--keep", description = "Keep the folder, with logs, after a run that passed.")
  private boolean keep;

  @Mixin private JsonOutput output;

  @Override
  public Integer call() throws Exception {
    Path home = Path.of(System.getProperty(HOME, "."));
    ChaosOptions options =
        new ChaosOptions(
            Duration.ofMillis(Math.round(minutes * 60_000)),
            ecgStreams,
            emgStreams,
            seed,
            List.of(
                home.resolve("models/ecg-beats.onnx"), home.resolve("models/emg-gestures.onnx")),
            directory == null ? home.resolve("target/chaos") : directory);
    ChaosRun run = new ChaosRun(options, output.progress());
    Thread hook = new Thread(run::interrupt, "chaos-clean-up");
    Runtime.getRuntime().addShutdownHook(hook);
    boolean passed = false;
    try {
      ChaosReport report = run.run();
      passed = report.passed();
      output.print(report, () -> text(report));
    } finally {
      run.end(passed && !keep);
      Runtime.getRuntime().removeShutdownHook(hook);
    }
    return passed ? CommandRunner.SUCCESS : CommandRunner.FAILURE;
  }

  private static String text(ChaosReport report) {
    StringBuilder text = new StringBuilder();
    for (Fault fault : report.faults()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-24s at %5.1f s, recovered after %5.1f s, no label for %.1f s%n",
              fault.name(),
              fault.atSeconds(),
              fault.recoveredSeconds(),
              fault.silenceMillis() / 1e3));
    }
    return text.append(
            String.format(
                Locale.ROOT,
                "%d frames of %d devices in %.0f s, %d labels expected%n"
                    + "audit      %d labels %s, %d missing, %d duplicated, %d unexpected%n"
                    + "immediate  %d labels, %d missing, %d repeated, %d unexpected%n"
                    + "longest silence %d ms, state %d bytes%n%s",
                report.framesSent(),
                report.streams(),
                report.seconds(),
                report.labelsExpected(),
                report.auditLabels(),
                report.auditByModel(),
                report.auditMissing(),
                report.auditDuplicated(),
                report.auditUnexpected(),
                report.fastLabels(),
                report.fastMissing(),
                report.fastRepeated(),
                report.fastUnexpected(),
                report.longestSilenceMillis(),
                report.stateBytes(),
                report.passed() ? "Nothing lost, nothing doubled." : "NOT exactly once."))
        .toString();
  }
}
