package io.physiowave.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.training.model.ModelWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchFileTest {
  @TempDir private Path folder;

  @Test
  void writesWhatItsReaderReads() throws IOException {
    ModelWeights weights =
        PublishedCheckpoint.read(PublishedCheckpointTest.resource("checkpoint/mixed-types.pth"))
            .weights();
    Path file = folder.resolve("state.pth");
    TorchFile.writeStateDict(file, weights);
    assertThat(PublishedCheckpoint.read(file).weights()).isEqualTo(weights);
  }

  @Test
  void keepsTheArguments() throws IOException {
    ModelWeights weights =
        PublishedCheckpoint.read(PublishedCheckpointTest.resource("golden/emg-small.pth"))
            .weights();
    Map<String, Object> arguments =
        Map.of(
            "in_channels",
            8,
            "dropout",
            0.1,
            "use_pos_embed",
            true,
            "seed",
            1L << 40,
            "wavelet_names",
            List.of("db4", "db6"),
            "pooling",
            "mean");
    Path file = folder.resolve("checkpoint.pth");
    TorchFile.writeCheckpoint(file, weights, arguments);
    PublishedCheckpoint read = PublishedCheckpoint.read(file);
    assertThat(read.weights()).isEqualTo(weights);
    assertThat(read.arguments())
        .containsEntry("in_channels", 8L)
        .containsEntry("seed", 1L << 40)
        .containsEntry("dropout", 0.1)
        .containsEntry("wavelet_names", List.of("db4", "db6"));
  }
}
