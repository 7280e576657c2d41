package io.physiowave.training.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.dataset.ToyWindows;
import io.physiowave.training.model.ModelWeights;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Trainings of two real processes that are stopped or killed, and go on bit for bit. */
@Timeout(1800)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are sent with kill")
class DistributedInterruptionTest {
  private static final List<String> SHAPE =
      List.of(
          "--in_channels=2",
          "--max_level=1",
          "--wave_kernel_size=4",
          "--wavelet_names=db2",
          "--patch_size=8",
          "--embed_dim=16",
          "--depth=1",
          "--num_heads=2",
          "--warmup_epochs=1",
          "--lr=0.003",
          "--init=fan_in",
          "--augment_noise=0.1",
          "--batch_size=4",
          "--save_steps=4",
          "--threads=1",
          "--device=cpu");

  @TempDir Path folder;
  private Path train;
  private Path validation;

  @BeforeEach
  void files() throws IOException {
    train = ToyWindows.write(folder.resolve("train.h5"), 45, 1);
    validation = ToyWindows.write(folder.resolve("val.h5"), 21, 2);
  }

  private List<String> finetune(String output, String... more) {
    return arguments("finetune", output, List.of("--num_classes=3", "--epochs=12"), more);
  }

  private List<String> pretrain(String output, String... more) {
    return arguments("pretrain", output, List.of("--max_length=32", "--epochs=12"), more);
  }

  private List<String> arguments(
      String command, String output, List<String> options, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(SHAPE);
    arguments.addAll(options);
    arguments.add("--train_file=" + train);
    arguments.add("--val_file=" + validation);
    arguments.add("--output_dir=" + folder.resolve(output));
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** Two processes started from here, to their end. */
  private static void complete(Object command, List<String> arguments) {
    StringWriter err = new StringWriter();
    String[] options = arguments.subList(1, arguments.size()).toArray(new String[0]);
    int code =
        CommandRunner.run(
            command, new PrintWriter(new StringWriter()), new PrintWriter(err), options);
    assertThat(code).as(err.toString()).isZero();
  }

  private void assertSame(String output, String reference, String best) throws IOException {
    for (String file : List.of("training_history.json", "training_history.csv")) {
      assertThat(Files.readString(folder.resolve(output).resolve(file)))
          .isEqualTo(Files.readString(folder.resolve(reference).resolve(file)));
    }
    assertThat(weights(output, best)).isEqualTo(weights(reference, best));
  }

  private ModelWeights weights(String output, String file) throws IOException {
    return CheckpointFile.read(folder.resolve(output).resolve(file)).weights();
  }

  @Test
  void fineTuningGoesOnAfterAnInterruptOrTheLossOfAMachine() throws Exception {
    complete(new FinetuneCommand(), finetune("whole", "--nproc=2"));
    goesOnAfterAMachineIsLost();
    assumeFalse(
        TrainingProcess.ignoresInterrupts(),
        "this build was started in the background by a shell that has it ignore Ctrl-C");
    goesOnAfterCtrlC();
  }

  private void goesOnAfterCtrlC() throws Exception {
    try (TrainingProcess process =
        TrainingProcess.start(Map.of(), finetune("interrupted", "--nproc=2"))) {
      process.awaitLine("epoch 2/12");
      process.signalAll("INT");
      assertThat(process.end()).as(process.output()).isEqualTo(130);
      assertThat(process.output())
          .contains("[rank 0] stopped; repeat the command with --resume")
          .doesNotContain("epoch 12/12", "stopping the others");
    }
    complete(new FinetuneCommand(), finetune("interrupted", "--nproc=2", "--resume"));
    assertSame("interrupted", "whole", "best_model.pwck");
  }

  /** Two processes, each started by itself as on two machines; one is gone without a word. */
  private void goesOnAfterAMachineIsLost() throws Exception {
    int port = freePort();
    try (TrainingProcess first = TrainingProcess.start(rank(0, port), finetune("machines"));
        TrainingProcess second = TrainingProcess.start(rank(1, port), finetune("machines"))) {
      first.awaitLine("epoch 2/12");
      second.signal("KILL");
      assertThat(first.end()).as(first.output()).isEqualTo(CommandRunner.FAILURE);
      assertThat(first.output())
          .contains(
              "finetune: rank 0 of 2: ",
              "because another process has ended or cannot be reached",
              "--resume goes on from the last saved state");
      assertThat(second.end()).isEqualTo(128 + 9);
    }
    int another = freePort();
    try (TrainingProcess first =
            TrainingProcess.start(rank(0, another), finetune("machines", "--resume"));
        TrainingProcess second =
            TrainingProcess.start(rank(1, another), finetune("machines", "--resume"))) {
      assertThat(second.end()).as(second.output()).isZero();
      assertThat(first.end()).as(first.output()).isZero();
      assertThat(first.output()).contains("latest_model.pwck: going on at epoch ");
    }
    assertSame("machines", "whole", "best_model.pwck");
  }

  private static Map<String, String> rank(int rank, int port) {
    return Map.of(
        "RANK", String.valueOf(rank),
        "WORLD_SIZE", "2",
        "LOCAL_RANK", "0",
        "MASTER_ADDR", "127.0.0.1",
        "MASTER_PORT", String.valueOf(port));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void pretrainingGoesOnAfterOneOfItsProcessesIsKilled() throws Exception {
    complete(new PretrainCommand(), pretrain("pre-whole", "--nproc=2"));
    try (TrainingProcess process =
        TrainingProcess.start(Map.of(), pretrain("killed", "--nproc=2"))) {
      process.awaitLine("epoch 2/12");
      process.signalChild(1, "KILL");
      assertThat(process.end()).as(process.output()).isNotZero();
      assertThat(process.output())
          .containsPattern("rank [01] ended with code (1|137); stopping the others")
          .doesNotContain("epoch 12/12");
    }
    complete(new PretrainCommand(), pretrain("killed", "--nproc=2", "--resume"));
    assertSame("killed", "pre-whole", "best_checkpoint.pwck");
  }

  @Test
  void aPoliteEndOfTheStarterAloneIsOneOfAll() throws Exception {
    try (TrainingProcess process =
        TrainingProcess.start(Map.of(), pretrain("ended", "--nproc=2"))) {
      process.awaitLine("epoch 1/12");
      process.signal("TERM");
      assertThat(process.end()).isEqualTo(128 + 15);
      assertThat(process.output())
          .contains("[rank 0] stopped; repeat the command with --resume")
          .doesNotContain("epoch 12/12", "stopping the others");
    }
  }
}
