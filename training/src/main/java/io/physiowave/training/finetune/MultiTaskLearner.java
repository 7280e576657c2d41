package io.physiowave.training.finetune;

import io.physiowave.training.checkpoint.CheckpointForm;
import io.physiowave.training.checkpoint.MultiTaskCheckpoint;
import io.physiowave.training.checkpoint.MultiTaskCheckpointFile;
import io.physiowave.training.checkpoint.PretrainingRun;
import io.physiowave.training.checkpoint.PretrainingRunJson;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.MultiTaskConfig;
import io.physiowave.training.model.MultiTaskModel;
import io.physiowave.training.model.TorchModel;
import io.physiowave.training.run.TrainingDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

/**
 * An encoder with a head for each of several tasks: from scratch or pretrained, whole or frozen.
 */
public final class MultiTaskLearner implements Learner {
  private final MultiTaskModel model;
  private final TrainingDevice device;
  private final Optional<PretrainingRun> pretraining;
  private final CheckpointForm form;

  /**
   * Makes the model as the options say.
   *
   * @param config of the encoder
   * @param log takes one line at a time for the user
   * @throws IOException if the pretrained checkpoint cannot be read
   */
  public MultiTaskLearner(
      FinetuneOptions options, ModelConfig config, MultiTaskConfig tasks, Consumer<String> log)
      throws IOException {
    device = options.device();
    model = MultiTaskModel.create(config, tasks, options.seed());
    model.load(options.initialisation().start(model.weights(), options.seed()));
    pretraining = PretrainedEncoder.load(options, model, MultiTaskModel.ENCODER, log);
    if (options.freezeEncoder()) {
      model.freezeEncoder();
    }
    model.to(device.torch());
    form = new Form(config, tasks, PretrainingRunJson.sections(pretraining));
  }

  private record Form(ModelConfig config, MultiTaskConfig tasks, Map<String, byte[]> always)
      implements CheckpointForm {
    @Override
    public void write(Path file, ModelWeights weights, Map<String, byte[]> sections)
        throws IOException {
      Map<String, byte[]> all = new LinkedHashMap<>(always);
      all.putAll(sections);
      MultiTaskCheckpointFile.write(file, new MultiTaskCheckpoint(config, tasks, weights, all));
    }

    @Override
    public Saved read(Path file) throws IOException {
      MultiTaskCheckpoint checkpoint = MultiTaskCheckpointFile.read(file);
      return new Saved(checkpoint.weights(), checkpoint.sections());
    }
  }

  @Override
  public TorchModel model() {
    return model;
  }

  @Override
  public int classes() {
    return model.tasks().outputs();
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
    return form;
  }

  @Override
  public void close() {
    model.close();
  }
}
