package io.physiowave.training.fusion;

import io.physiowave.training.checkpoint.CheckpointForm;
import io.physiowave.training.checkpoint.FusedCheckpoint;
import io.physiowave.training.checkpoint.FusedCheckpointFile;
import io.physiowave.training.model.ModelWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a fused model is kept while it is trained: always with its encoders, so that each file stands
 * by itself.
 *
 * @param network whose encoders go into the file
 * @param descriptions sections that go into every file
 */
public record FusedForm(FusionNetwork network, Map<String, byte[]> descriptions)
    implements CheckpointForm {

  @Override
  public void write(Path file, ModelWeights weights, Map<String, byte[]> sections)
      throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>(descriptions);
    all.putAll(sections);
    FusedCheckpointFile.write(file, network.checkpoint(weights, all));
  }

  @Override
  public Saved read(Path file) throws IOException {
    FusedCheckpoint checkpoint = FusedCheckpointFile.read(file);
    return new Saved(checkpoint.fusion(), checkpoint.sections());
  }
}
