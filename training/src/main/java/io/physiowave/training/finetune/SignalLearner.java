package io.physiowave.training.finetune;

import io.physiowave.training.checkpoint.CheckpointForm;
import io.physiowave.training.checkpoint.PretrainingRun;
import io.physiowave.training.checkpoint.PretrainingRunJson;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.PhysioWaveModel;
import io.physiowave.training.model.TorchModel;
import io.physiowave.training.run.TrainingDevice;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

/** A PhysioWave model on one signal: from scratch or from a pretrained encoder, whole or frozen. */
public final class SignalLearner implements Learner {
  private final PhysioWaveModel model;
  private final TrainingDevice device;
  private final Optional<PretrainingRun> pretraining;

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
    pretraining = PretrainedEncoder.load(options, model, "", log);
    if (options.freezeEncoder()) {
      model.freezeEncoder();
    }
    model.to(device.torch());
  }

  @Override
  public TorchModel model() {
    return model;
  }

  @Override
  public int classes() {
    return model.config().numClasses();
  }

  @Override
  public Tensor logits(float[] windows, int size) {
    return model.logits(device.placeWindows(windows, size, model.config().inputRows()));
  }

  @Override
  public List<PretrainingRun> pretraining() {
    return pretraining.stream().toList();
  }

  @Override
  public CheckpointForm form() {
    return CheckpointForm.of(model.config(), PretrainingRunJson.sections(pretraining));
  }

  @Override
  public void close() {
    model.close();
  }
}
