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
import java.util.function.Consumer;

/**
 * A checkpoint whose matching weights a new model starts from. Heads may be of another task; an
 * encoder of another shape would leave the model half trained and half not.
 *
 * @param file where it lies
 * @param checkpoint its content
 */
record PretrainedEncoder(Path file, Checkpoint checkpoint) {
  private static final String HEADS = "task_heads.";

  /**
   * Gives a model the weights of the checkpoint that the options name, if they name one.
   *
   * @param prefix what the names of the model's encoder begin with
   * @param log takes a line for the user
   * @return how the encoder was pretrained, when its checkpoint knows
   * @throws CheckpointFormatException if the encoder has another shape
   */
  static Optional<PretrainingRun> load(
      FinetuneOptions options, TorchModel model, String prefix, Consumer<String> log)
      throws IOException {
    if (options.pretrained().isEmpty()) {
      return Optional.empty();
    }
    Path file = options.pretrained().get();
    PretrainedEncoder encoder = new PretrainedEncoder(file, CheckpointFile.read(file));
    log.accept(encoder.into(model, prefix));
    return PretrainingRunJson.read(encoder.checkpoint.sections(), file);
  }

  private String into(TorchModel model, String prefix) throws CheckpointFormatException {
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

  private ModelWeights prefixed(String prefix) {
    if (prefix.isEmpty()) {
      return checkpoint.weights();
    }
    Map<String, WeightTensor> renamed = new LinkedHashMap<>();
    checkpoint.weights().tensors().forEach((name, tensor) -> renamed.put(prefix + name, tensor));
    return ModelWeights.of(renamed);
  }
}
