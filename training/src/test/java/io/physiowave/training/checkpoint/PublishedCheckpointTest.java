package io.physiowave.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.Pooling;
import io.physiowave.training.model.PositionEncoding;
import io.physiowave.training.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedCheckpointTest {

  @Nested
  class Tensors {
    private final ModelWeights weights = read("checkpoint/mixed-types.pth").weights();

    @Test
    void loseThePrefixOfDataParallelTraining() {
      assertThat(weights.names()).startsWith("plain", "transposed").hasSize(12);
    }

    @Test
    void followTheirStrides() {
      float[] ramp = weights.get("plain").values();
      assertThat(weights.get("transposed").shape()).containsExactly(6, 4);
      assertThat(weights.get("transposed").values()).startsWith(ramp[0], ramp[6], ramp[12]);
      assertThat(weights.get("column").values()).containsExactly(0.25f, 1f, 1.75f, 2.5f);
      assertThat(weights.get("expanded").values())
          .containsExactly(1.5f, 1.5f, 1.5f, -2.5f, -2.5f, -2.5f);
    }

    @Test
    void ofEveryNumberFormatBecomeFloats() {
      assertThat(weights.get("half").values())
          .containsExactly(1f, -0.5f, 65504f, Math.scalb(1f, -24), Float.POSITIVE_INFINITY);
      assertThat(weights.get("bfloat16").values()).containsExactly(1f, -3f);
      assertThat(weights.get("double").values()).containsExactly(0.1f, -7.25f);
      assertThat(weights.get("whole").values()).containsExactly(3f, -4f);
      assertThat(weights.get("bytes").values()).containsExactly(200f, 1f);
      assertThat(weights.get("truth").values()).containsExactly(1f, 0f);
    }

    @Test
    void mayBeScalarOrEmpty() {
      assertThat(weights.get("scalar").shape()).isEmpty();
      assertThat(weights.get("scalar").values()).containsExactly(0.25f);
      assertThat(weights.get("empty").shape()).containsExactly(0, 3);
    }
  }

  @Nested
  class Values {
    @Test
    void besideTheTensorsAreKept() {
      PublishedCheckpoint checkpoint = read("checkpoint/mixed-types.pth");
      assertThat(checkpoint.figures())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of("epoch", 7L, "val_loss", 0.625, "best", -3L, "accuracy", 0.5));
      assertThat(checkpoint.arguments())
          .isEqualTo(Map.of("in_channels", 8L, "wavelet_names", List.of("db4", "sym5")));
    }

    @Test
    void giveTheConfiguration() throws IOException {
      Path file = resource("golden/pos1d-small.pth");
      ModelConfig config = PublishedConfig.of(file, PublishedCheckpoint.read(file));
      assertThat(config)
          .isEqualTo(
              ModelConfig.builder()
                  .inChannels(4)
                  .maxLevel(2)
                  .waveKernelSize(15)
                  .waveletNames(List.of("db6"))
                  .patchSize(20)
                  .embedDim(24)
                  .depth(1)
                  .numHeads(2)
                  .posEmbedType(PositionEncoding.SEQUENCE)
                  .importanceRatio(0.5)
                  .maskRatio(0.15)
                  .pooling(Pooling.LAST)
                  .task(Task.CLASSIFICATION)
                  .numClasses(3)
                  .headHiddenDim(24)
                  .build());
    }
  }

  @Nested
  class Refusal {
    private void refused(Path file, String why) {
      assertThatExceptionOfType(CheckpointFormatException.class)
          .isThrownBy(() -> PublishedCheckpoint.read(file))
          .withMessageStartingWith(file.toString())
          .withMessageContaining(why);
    }

    @Test
    void namesWhatTheFileIsInstead(@TempDir Path folder) throws IOException {
      refused(resource("checkpoint/before-1.6.pth"), "since PyTorch 1.6");
      refused(resource("checkpoint/bare-tensor.pth"), "holds no dictionary");
      Path zip = folder.resolve("other.zip");
      StoredZip archive = new StoredZip(Files.newOutputStream(zip));
      archive.put("readme", new byte[] {1});
      archive.finish();
      refused(zip, "no data.pkl");
    }

    @Test
    void namesTheTensorWhoseValuesAreMissing(@TempDir Path folder) throws IOException {
      Path file = folder.resolve("short.pth");
      ModelWeights weights = read("checkpoint/mixed-types.pth").weights();
      TorchFile.writeStateDict(file, weights);
      byte[] bytes = Files.readAllBytes(file);
      String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
      byte[] renamed =
          text.replace("archive/data/0", "archive/date/0")
              .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      Files.write(file, renamed);
      refused(file, "tensor plain: its values data/0 are not in the archive");
      Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      refused(file, "not a zip archive");
    }
  }

  private static PublishedCheckpoint read(String name) {
    try {
      return PublishedCheckpoint.read(resource(name));
    } catch (IOException failed) {
      throw new AssertionError("fixture " + name + " cannot be read", failed);
    }
  }

  static Path resource(String name) {
    return Path.of("src/test/resources").resolve(name);
  }
}
