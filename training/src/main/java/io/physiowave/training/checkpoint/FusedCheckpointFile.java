package io.physiowave.training.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.physiowave.training.model.HeadConfig;
import io.physiowave.training.model.ModelConfigJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fused models as files: the container of {@link CheckpointFile}, whose {@code checkpoint.json}
 * names the format {@code physiowave-fused-checkpoint} and holds {@code signals}, a list in order
 * of {@code name}, {@code window_samples} and the encoder's {@code model}, and {@code head} with
 * {@code task}, {@code outputs}, {@code hidden_dim}, {@code dropout} and {@code pooling}.
 */
public final class FusedCheckpointFile {
  private static final String FORMAT = "physiowave-fused-checkpoint";

  private FusedCheckpointFile() {}

  /** Whether a file is a fused model rather than one on one signal. */
  public static boolean isOne(Path file) throws IOException {
    return !TorchArchive.isOne(file) && CheckpointArchive.format(file).equals(FORMAT);
  }

  /** Replaces a file whole. */
  public static void write(Path file, FusedCheckpoint checkpoint) throws IOException {
    ObjectNode header = CheckpointArchive.header(FORMAT);
    checkpoint
        .signals()
        .forEach(
            (name, signal) ->
                header
                    .withArray("/signals")
                    .addObject()
                    .put("name", name)
                    .put("window_samples", signal.windowSamples())
                    .set("model", ModelConfigJson.writeTree(signal.config())));
    HeadConfigJson.write(checkpoint.head(), header.putObject("head"));
    CheckpointArchive.write(file, header, checkpoint.weights(), checkpoint.sections());
  }

  /**
   * Reads a fused model.
   *
   * @throws CheckpointFormatException if it is something else, or is damaged
   * @throws IOException if it cannot be read
   */
  public static FusedCheckpoint read(Path file) throws IOException {
    CheckpointArchive archive = CheckpointArchive.read(file, FORMAT);
    try {
      Map<String, FusedCheckpoint.Signal> signals = new LinkedHashMap<>();
      for (JsonNode signal : archive.header().path("signals")) {
        signals.put(
            signal.path("name").asText(),
            new FusedCheckpoint.Signal(
                ModelConfigJson.readTree(signal.path("model")),
                signal.path("window_samples").asInt()));
      }
      HeadConfig config = HeadConfigJson.read(archive.header().path("head"));
      return new FusedCheckpoint(signals, config, archive.weights(), archive.sections());
    } catch (IllegalArgumentException refused) {
      throw new CheckpointFormatException(file + ": " + refused.getMessage(), refused);
    }
  }
}
