package io.physiowave.training.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.dataset.ToyWindows;
import io.physiowave.training.run.TrainingHistory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two real processes against one with twice the batch. */
@Timeout(1800)
class DistributedTrainingTest {
  private static final double FLOAT_NOISE = 2e-4;
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
          "--no_dropout",
          "--warmup_epochs=1",
          "--lr=0.003",
          "--init=fan_in",
          "--augment_noise=0.1",
          "--threads=1",
          "--device=cpu");

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path train;
  private Path validation;

  @BeforeEach
  void files() throws IOException {
    // In batches of 8 the last has 5 windows: four for one process and one for the other.
    train = ToyWindows.write(folder.resolve("train.h5"), 45, 1);
    validation = ToyWindows.write(folder.resolve("val.h5"), 21, 2);
  }

  private TrainingHistory run(Object command, String output, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(SHAPE);
    arguments.addAll(List.of(options));
    arguments.add("--train_file=" + train);
    arguments.add("--val_file=" + validation);
    arguments.add("--output_dir=" + folder.resolve(output));
    int code =
        CommandRunner.run(
            command, new PrintWriter(out), new PrintWriter(err), arguments.toArray(new String[0]));
    assertThat(code).as(err.toString()).isZero();
    return TrainingHistory.ofJson(
        Files.readString(folder.resolve(output).resolve("training_history.json")));
  }

  private static void assertSame(TrainingHistory two, TrainingHistory one) {
    Map<String, List<Double>> expected = one.columns();
    assertThat(two.columns().keySet()).isEqualTo(expected.keySet());
    for (String name : List.of("train_loss", "val_loss")) {
      for (int epoch = 0; epoch < one.epochs(); epoch++) {
        assertThat(two.columns().get(name).get(epoch))
            .as(name + " of epoch " + epoch)
            .isCloseTo(expected.get(name).get(epoch), within(FLOAT_NOISE));
      }
    }
  }

  @Test
  void fineTuningGivesTheLossesOfOneProcess() throws IOException {
    String[] options = {"--num_classes=3", "--epochs=3", "--class_weights=balanced", "--ema=0.9"};
    TrainingHistory one = run(new FinetuneCommand(), "one", with(options, "--batch_size=8"));
    TrainingHistory two =
        run(new FinetuneCommand(), "two", with(options, "--batch_size=4", "--nproc=2"));
    assertSame(two, one);
    assertThat(out.toString()).contains("[rank 0] epoch 3/3", "2 processes");
    assertThat(out.toString()).doesNotContain("[rank 1] epoch");
    assertThat(folder.resolve("two/training_run.json")).exists();
    float[] gate = gate("two");
    assertThat(gate).containsExactly(gate("one"), within(2e-3f));
  }

  private float[] gate(String output) throws IOException {
    return CheckpointFile.read(folder.resolve(output).resolve("best_model.pwck"))
        .weights()
        .get("patch_embed.proj.weight")
        .values();
  }

  @Test
  void pretrainingGivesTheLossesOfOneProcess() throws IOException {
    String[] options = {"--max_length=32", "--epochs=2", "--mask_ratio=0.5", "--save_steps=2"};
    TrainingHistory one = run(new PretrainCommand(), "one", with(options, "--batch_size=8"));
    TrainingHistory two =
        run(new PretrainCommand(), "two", with(options, "--batch_size=4", "--nproc=2"));
    assertSame(two, one);
    assertThat(folder.resolve("two/best_checkpoint.pwck")).exists();
  }

  private static String[] with(String[] options, String... more) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }
}
