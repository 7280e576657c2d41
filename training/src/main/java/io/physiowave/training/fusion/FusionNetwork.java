package io.physiowave.training.fusion;

import io.physiowave.training.checkpoint.FusedCheckpoint;
import io.physiowave.training.model.FusedModel;
import io.physiowave.training.model.HeadConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.PhysioWaveModel;
import io.physiowave.training.run.TrainingDevice;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A fused model with the encoders it stands on, for windows that hold the values of all signals one
 * after the other. Owns them all.
 */
public final class FusionNetwork implements AutoCloseable {
  private final Map<String, FusedCheckpoint.Signal> signals;
  private final HeadConfig head;
  private final TrainingDevice device;
  private final Map<String, PhysioWaveModel> encoders = new LinkedHashMap<>();
  private final Map<String, ModelWeights> encoderWeights;
  private final FusedModel model;

  /**
   * Makes the model on pretrained encoders, which stay as they are.
   *
   * @param signals by name, in the order of a window's values
   * @param weights of each signal's encoder, complete
   * @param head put on each
   * @param seed of the fusion's first values
   * @throws IllegalArgumentException when weights do not fit
   */
  public FusionNetwork(
      Map<String, FusedCheckpoint.Signal> signals,
      Map<String, ModelWeights> weights,
      HeadConfig head,
      TrainingDevice device,
      long seed) {
    this.signals = new LinkedHashMap<>(signals);
    this.encoderWeights = new LinkedHashMap<>(weights);
    this.head = head;
    this.device = device;
    signals.forEach(
        (name, signal) -> {
          PhysioWaveModel encoder = PhysioWaveModel.create(signal.config(), seed);
          encoders.put(name, encoder);
          encoder.load(weights.get(name));
        });
    model = FusedModel.create(encoders, head, seed);
    model.to(device.torch());
  }

  /** The model of a checkpoint, as it was trained. */
  public static FusionNetwork of(FusedCheckpoint checkpoint, TrainingDevice device) {
    Map<String, ModelWeights> weights = new LinkedHashMap<>();
    checkpoint.signals().keySet().forEach(name -> weights.put(name, checkpoint.encoder(name)));
    FusionNetwork network =
        new FusionNetwork(checkpoint.signals(), weights, checkpoint.head(), device, 0);
    network.model.load(checkpoint.fusion());
    network.model.train(false);
    return network;
  }

  /** The fusion: what is trained. */
  public FusedModel model() {
    return model;
  }

  /** The signals by name, in the order of a window's values. */
  public Map<String, FusedCheckpoint.Signal> signals() {
    return new LinkedHashMap<>(signals);
  }

  /** The head on each signal. */
  public HeadConfig head() {
    return head;
  }

  /**
   * The mixed logits {@code [B, outputs]}.
   *
   * @param windows row-major {@code [B][values of all signals]}
   * @param size number of windows B
   */
  public Tensor logits(float[] windows, int size) {
    Tensor all = device.place(Tensor.create(windows, size, windows.length / size));
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    long at = 0;
    for (Map.Entry<String, FusedCheckpoint.Signal> signal : signals.entrySet()) {
      long rows = signal.getValue().config().inputRows();
      long samples = signal.getValue().windowSamples();
      Tensor own = all.narrow(1, at, rows * samples);
      inputs.put(signal.getKey(), own.reshape(size, rows, samples));
      at += rows * samples;
    }
    return model.logits(inputs);
  }

  /**
   * A checkpoint with these weights of the fusion.
   *
   * @param sections kept with it
   */
  public FusedCheckpoint checkpoint(ModelWeights fusion, Map<String, byte[]> sections) {
    return new FusedCheckpoint(
        signals, head, FusedCheckpoint.joined(encoderWeights, fusion), sections);
  }

  @Override
  public void close() {
    model.close();
    encoders.values().forEach(PhysioWaveModel::close);
  }
}
