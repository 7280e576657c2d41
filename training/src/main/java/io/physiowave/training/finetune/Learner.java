package io.physiowave.training.finetune;

import io.physiowave.training.checkpoint.CheckpointForm;
import io.physiowave.training.checkpoint.PretrainingRun;
import io.physiowave.training.model.TorchModel;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** What is fine-tuned: a model that answers windows, on its device. Owns the model until closed. */
public interface Learner extends AutoCloseable {

  /** The parameters, of which some or all are trained. */
  TorchModel model();

  /** Number of outputs K: classes or labels, of all tasks together. */
  int classes();

  /**
   * The logits {@code [B, K]}, with gradient.
   *
   * @param windows row-major {@code [B][values of a window]}
   * @param size number of windows B
   */
  Tensor logits(float[] windows, int size);

  /** How its encoders were pretrained, as far as their checkpoints know. */
  List<PretrainingRun> pretraining();

  /** How it is kept on disk. */
  CheckpointForm form();

  @Override
  void close();
}
