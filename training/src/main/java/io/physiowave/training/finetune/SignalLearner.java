package io.physiowave.training.finetune;

import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.checkpoint.CheckpointForm;
import io.physiowave.training.checkpoint.CheckpointFormatException;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.PhysioWaveModel;
import io.physiowave.training.model.Task;
import io.physiowave.training.model.TorchModel;
import io.physiowave.training.model.WeightMatch;
import io.physiowave.training.run.TrainingDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

/** A PhysioWave model on one signal: from scratch or from a pretrained encoder, whole or frozen. */
public final class SignalLearner implements Learner {
  private static final String HEADS = "task_heads.";

  private final PhysioWaveModel model;
  private final TrainingDevice device;

  /**
   * Makes the model as the options say.
   *
   * @param log takes one line at a time for the user
   * @throws IOException if the pretrained checkpoint cannot be read
   */
  public SignalLearner(FinetuneOptions options, ModelConfig config, Consumer<String> log)
      throws IOException {
    device = options.device();
    model = PhysioWaveModel.create(config, options.seed());
    model.load(options.initialisation().start(model.weights(), options.seed()));
    if (options.pretrained().isPresent()) {
      log.accept(takeOver(options.pretrained().get()));
    }
    if (options.freezeEncoder()) {
      model.freezeEncoder();
    }
    model.to(device.torch());
  }

  /**
   * Takes matching weights over. Heads may be of another task; an encoder of another shape would
   * leave the model half trained and half not.
   */
  private String takeOver(Path file) throws IOException {
    ModelWeights weights = CheckpointFile.read(file).weights();
    WeightMatch match = model.match(weights);
    List<String> different =
        match.mismatched().stream().filter(name -> !name.startsWith(HEADS)).toList();
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

  @Override
  public TorchModel model() {
    return model;
  }

  @Override
  public Task task() {
    return model.config().task();
  }

  @Override
  public int classes() {
    return model.config().numClasses();
  }

  @Override
  public Tensor logits(float[] windows, int size) {
    int rows = model.config().inputRows();
    long samples = windows.length / ((long) size * rows);
    return model.logits(device.place(Tensor.create(windows, size, rows, samples)));
  }

  @Override
  public CheckpointForm form() {
    return CheckpointForm.of(model.config());
  }

  @Override
  public void close() {
    model.close();
  }
}
