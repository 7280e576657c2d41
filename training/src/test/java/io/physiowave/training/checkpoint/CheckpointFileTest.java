package io.physiowave.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.Normalisation;
import io.physiowave.training.model.WeightTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
  private static final ModelConfig CONFIG =
      ModelConfig.builder().normalisation(new Normalisation.WindowZScore(1e-6f)).build();

  private static Checkpoint checkpoint() {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    tensors.put("b.weight", new WeightTensor(new int[] {2, 3}, new float[] {1, -2, 3, 4, 5, 0.1f}));
    tensors.put("a.scale", WeightTensor.scalar(-0.0f));
    tensors.put("empty", new WeightTensor(new int[] {0}, new float[0]));
    return new Checkpoint(
        CONFIG, ModelWeights.of(tensors), Map.of("optimizer", new byte[] {1, 2, 3}));
  }

  @Nested
  class WhatWasWritten {
    @Test
    void isReadBack(@TempDir Path folder) throws IOException {
      Path file = folder.resolve("model.pwck");
      CheckpointFile.write(file, checkpoint());
      Checkpoint read = CheckpointFile.read(file);
      assertThat(read.config()).isEqualTo(CONFIG);
      assertThat(read.weights()).isEqualTo(checkpoint().weights());
      assertThat(read.weights().names()).containsExactly("b.weight", "a.scale", "empty");
      assertThat(read.sections()).containsOnlyKeys("optimizer");
      assertThat(read.sections().get("optimizer")).containsExactly(1, 2, 3);
    }

    @Test
    void isTheSameFileForTheSameModel(@TempDir Path folder) throws IOException {
      CheckpointFile.write(folder.resolve("one"), checkpoint());
      CheckpointFile.write(folder.resolve("two"), checkpoint());
      assertThat(folder.resolve("one")).hasSameBinaryContentAs(folder.resolve("two"));
    }
  }

  @Nested
  class DamagedFiles {
    @Test
    void areNeverTakenForWhole(@TempDir Path folder) throws IOException {
      Path file = folder.resolve("model.pwck");
      CheckpointFile.write(file, checkpoint());
      byte[] whole = Files.readAllBytes(file);
      int directory =
          new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
      for (int length = 0; length < directory; length += 7) {
        Files.write(file, Arrays.copyOf(whole, length));
        assertThatExceptionOfType(CheckpointFormatException.class)
            .as("first %d bytes", length)
            .isThrownBy(() -> CheckpointFile.read(file))
            .withMessageStartingWith(file.toString());
      }
    }

    @Test
    void areFoundByTheirChecksum(@TempDir Path folder) throws IOException {
      Path file = folder.resolve("model.pwck");
      CheckpointFile.write(file, checkpoint());
      byte[] bytes = Files.readAllBytes(file);
      int values =
          new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("\0\0\200?");
      bytes[values + 2] ^= 1;
      Files.write(file, bytes);
      assertThatExceptionOfType(CheckpointFormatException.class)
          .isThrownBy(() -> CheckpointFile.read(file))
          .withMessageContaining("damaged");
    }

    @Test
    void ofAnotherKindAreNamed(@TempDir Path folder) throws IOException {
      Path file = Files.writeString(folder.resolve("notes.txt"), "hello");
      assertThatExceptionOfType(CheckpointFormatException.class)
          .isThrownBy(() -> CheckpointFile.read(file))
          .withMessageContaining("neither a checkpoint of this project nor a .pth file");
    }
  }

  @Property(tries = 100)
  void weightsAreExactToTheBit(@ForAll int[] bits) throws IOException {
    float[] values = new float[bits.length];
    for (int index = 0; index < bits.length; index++) {
      values[index] = Float.intBitsToFloat(bits[index]);
    }
    ModelWeights weights =
        ModelWeights.of(Map.of("w", new WeightTensor(new int[] {bits.length}, values)));
    float[] read = SafeTensors.read(SafeTensors.write(weights)).get("w").values();
    for (int index = 0; index < bits.length; index++) {
      assertThat(Float.floatToRawIntBits(read[index]))
          .isEqualTo(Float.floatToRawIntBits(values[index]));
    }
  }

  @Test
  void readsPublishedFilesToo() throws IOException {
    Checkpoint read = CheckpointFile.read(PublishedCheckpointTest.resource("golden/emg-small.pth"));
    assertThat(read.config().inChannels()).isEqualTo(8);
    assertThat(read.config().numClasses()).isEqualTo(6);
  }

  @Test
  void refusesSectionNamesThatAreNoFileNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Checkpoint(CONFIG, ModelWeights.of(Map.of()), Map.of("../x", new byte[0])))
        .withMessageContaining("'../x'");
  }
}
