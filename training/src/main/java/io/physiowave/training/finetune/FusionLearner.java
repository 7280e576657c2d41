package io.physiowave.training.finetune;

import io.physiowave.training.checkpoint.CheckpointForm;
import io.physiowave.training.checkpoint.PretrainingRun;
import io.physiowave.training.fusion.FusedForm;
import io.physiowave.training.fusion.FusionNetwork;
import io.physiowave.training.model.TorchModel;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A fused model on the frozen encoders of several signals: heads and shares are trained. */
public final class FusionLearner implements Learner {
  private final FusionNetwork network;
  private final Map<String, byte[]> descriptions;
  private final List<PretrainingRun> pretraining;

  /**
   * Takes a network over, to own it.
   *
   * @param descriptions sections of every checkpoint
   * @param pretraining of the encoders, as far as known
   */
  public FusionLearner(
      FusionNetwork network, Map<String, byte[]> descriptions, List<PretrainingRun> pretraining) {
    this.network = network;
    this.descriptions = Map.copyOf(descriptions);
    this.pretraining = List.copyOf(pretraining);
  }

  /** The share of each signal when all are there. */
  public Map<String, Double> shares() {
    return network.model().shares();
  }

  @Override
  public TorchModel model() {
    return network.model();
  }

  @Override
  public int classes() {
    return network.head().outputs();
  }

  @Override
  public Tensor logits(float[] windows, int size) {
    return network.logits(windows, size);
  }

  @Override
  public List<PretrainingRun> pretraining() {
    return pretraining;
  }

  @Override
  public CheckpointForm form() {
    return new FusedForm(network, descriptions);
  }

  @Override
  public void close() {
    network.close();
  }
}
