package io.physiowave.training.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.training.dataset.ToyWindows;
import io.physiowave.training.run.TrainingDevice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Trainings of a real process to which the system refuses to write. */
@Timeout(1800)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "files are limited by a shell")
class FullDiskTest {
  private static final int BLOCKS = 16;

  @TempDir Path folder;

  @Test
  void aStateThatFindsNoRoomEndsTheRunInOneLine() throws Exception {
    // Unpacks libtorch, which has to be written where it was not yet.
    TrainingDevice.useThreads(1);
    Path train = ToyWindows.write(folder.resolve("train.h5"), 45, 1);
    Path out = Files.createDirectories(folder.resolve("out"));
    Path latest = Files.writeString(out.resolve("latest_model.pwck"), "of an earlier run");
    List<String> arguments =
        List.of(
            "finetune",
            "--train_file=" + train,
            "--val_file=" + train,
            "--output_dir=" + out,
            "--in_channels=2",
            "--num_classes=3",
            "--max_level=1",
            "--wave_kernel_size=4",
            "--wavelet_names=db2",
            "--patch_size=8",
            "--embed_dim=16",
            "--depth=1",
            "--num_heads=2",
            "--epochs=1",
            "--batch_size=4",
            "--threads=1",
            "--device=cpu");
    try (TrainingProcess process = TrainingProcess.startOnFullDisk(BLOCKS, arguments)) {
      assertThat(process.end()).as(process.output()).isEqualTo(CommandRunner.FAILURE);
      assertThat(process.output())
          .containsPattern(
              "(?m)^physiowave finetune: "
                  + Pattern.quote(latest.toString())
                  + ": cannot be written: .*; what was there before is kept$");
    }
    assertThat(latest).hasContent("of an earlier run");
    try (Stream<Path> left = Files.list(out)) {
      assertThat(left).containsExactly(latest);
    }
  }
}
