package io.physiowave.training.finetune;

import io.physiowave.training.checkpoint.Checkpoint;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.checkpoint.CheckpointFormatException;
import io.physiowave.training.checkpoint.PretrainingRun;
import io.physiowave.training.checkpoint.PretrainingRunJson;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.TorchModel;
import io.physiowave.training.model.WeightMatch;
import io.physiowave.training.model.WeightTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A checkpoint whose matching weights a new model starts from. Heads may be of another task; an
 * encoder of another shape would leave the model half trained and half not.
 *
 * @param file where it lies
 * @param checkpoint its content
 */
record PretrainedEncoder(Path file, Checkpoint checkpoint) {
  private static final String HEADS = "task_heads.";

  static PretrainedEncoder read(Path file) throws IOException {
    return new PretrainedEncoder(file, CheckpointFile.read(file));
  }

  /**
   * Gives a model the weights.
   *
   * @param prefix what the names of the model's encoder begin with
   * @return a line for the user
   * @throws CheckpointFormatException if the encoder has another shape
   */
  String into(TorchModel model, String prefix) throws CheckpointFormatException {
    ModelWeights weights = prefixed(prefix);
    WeightMatch match = model.match(weights);
    List<String> different =
        match.mismatched().stream().filter(name -> !name.startsWith(prefix + HEADS)).toList();
    if (!different.isEmpty() || match.taken().isEmpty()) {
      throw new CheckpointFormatException(
          file
              + ": the encoder has another shape: "
              + (different.isEmpty()
                  ? "no weight has the name and size of one of the model's"
                  : different.get(0)
                      + (different.size() == 1 ? "" : " and " + (different.size() - 1) + " more"))
              + "; give the shape options with which it was pretrained");
    }
    return file + ": " + model.loadMatching(weights).describe();
  }

  /** How it was pretrained, when the checkpoint knows. */
  Optional<PretrainingRun> run() throws CheckpointFormatException {
    return PretrainingRunJson.read(checkpoint.sections(), file);
  }

  private ModelWeights prefixed(String prefix) {
    if (prefix.isEmpty()) {
      return checkpoint.weights();
    }
    Map<String, WeightTensor> renamed = new LinkedHashMap<>();
    checkpoint.weights().tensors().forEach((name, tensor) -> renamed.put(prefix + name, tensor));
    return ModelWeights.of(renamed);
  }
}
