package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.add;
import static org.bytedeco.pytorch.global.torch.manual_seed;
import static org.bytedeco.pytorch.global.torch.mul;
import static org.bytedeco.pytorch.global.torch.stack;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * One decision from several signals of the same time span, such as ECG, EMG and EEG: each signal's
 * encoder stays as it was pretrained, each has a head of its own, and the heads' logits are mixed
 * with learned shares that add up to one (late fusion as the PhysioWave paper describes it). A
 * signal may be missing: the shares of the others then grow in proportion.
 *
 * <p>Parameters: {@code modality_weights}, whose softmax gives the shares, and {@code
 * heads.NAME.head.N}. The encoders belong to the caller, who closes them.
 */
public final class FusedModel extends TorchModel {
  private final Map<String, PhysioWaveModel> encoders;
  private final Fusion fusion;

  private FusedModel(Map<String, PhysioWaveModel> encoders, HeadConfig head) {
    super(() -> new Fusion(encoders, head));
    this.encoders = new LinkedHashMap<>(encoders);
    fusion = (Fusion) module();
  }

  /**
   * A new model on pretrained encoders, which are frozen from now on.
   *
   * @param encoders by the name of their signal, which may not hold a dot
   * @param head put on each of them; without context values
   * @param seed of libtorch's generators, which give the first values
   * @throws IllegalArgumentException if there is no encoder, or the head reads context values
   */
  public static FusedModel create(
      Map<String, PhysioWaveModel> encoders, HeadConfig head, long seed) {
    if (encoders.isEmpty() || head.contextValues() > 0) {
      throw new IllegalArgumentException(
          "fusion of "
              + encoders.keySet()
              + " with "
              + head.contextValues()
              + " context values; expected at least one encoder and a head without context");
    }
    manual_seed(seed);
    FusedModel model = new FusedModel(encoders, head);
    model.encoders.values().forEach(PhysioWaveModel::freezeEncoder);
    model.train(true);
    return model;
  }

  /**
   * The mixed logits.
   *
   * @param inputs each signal's windows {@code [B, C, T]}, all with the same B; a signal that is
   *     missing is left out
   * @return {@code [B, outputs]}
   * @throws IllegalArgumentException if there is no input, or one of an unknown name
   */
  public Tensor logits(Map<String, Tensor> inputs) {
    if (inputs.isEmpty() || !encoders.keySet().containsAll(inputs.keySet())) {
      throw new IllegalArgumentException(
          "inputs " + inputs.keySet() + "; expected one or more of " + encoders.keySet());
    }
    Map<String, Tensor> features = new LinkedHashMap<>();
    encoders.forEach(
        (name, encoder) -> {
          if (inputs.containsKey(name)) {
            features.put(name, encoder.features(inputs.get(name)));
          }
        });
    return fusion.apply(features);
  }

  /** The share of each signal when all are present; adds up to one. */
  public Map<String, Double> shares() {
    float[] values = Scopes.freeing(() -> Tensors.floats(fusion.modalityWeights.softmax(0)));
    Map<String, Double> shares = new LinkedHashMap<>();
    for (String name : encoders.keySet()) {
      shares.put(name, (double) values[shares.size()]);
    }
    return shares;
  }

  /** Dropout of the heads; the frozen encoders never have any. */
  @Override
  public void train(boolean training) {
    super.train(training);
    encoders.values().forEach(encoder -> encoder.train(false));
  }

  /** Moves heads and encoders. */
  @Override
  public void to(Device device) {
    super.to(device);
    encoders.values().forEach(encoder -> encoder.to(device));
  }

  private static final class Fusion extends Module {
    private final Tensor modalityWeights;
    private final Map<String, TaskHead> heads = new LinkedHashMap<>();
    private final Map<String, Integer> places = new LinkedHashMap<>();

    Fusion(Map<String, PhysioWaveModel> encoders, HeadConfig config) {
      super("Fusion");
      modalityWeights = Parameters.register(this, "modality_weights", zeros(encoders.size()));
      Module list = register_module("heads", new Module("heads"));
      encoders.forEach(
          (name, encoder) -> {
            TaskHead head = new TaskHead(config, encoder.config().embedDim());
            heads.put(name, list.register_module(name, head));
            places.put(name, places.size());
          });
    }

    Tensor apply(Map<String, Tensor> features) {
      TensorVector present = new TensorVector();
      features
          .keySet()
          .forEach(name -> present.push_back(modalityWeights.select(0, places.get(name))));
      Tensor shares = stack(present).softmax(0);
      Tensor mixed = null;
      int place = 0;
      for (Map.Entry<String, Tensor> entry : features.entrySet()) {
        TaskHead head = heads.get(entry.getKey());
        Tensor logits = head.apply(head.pool(entry.getValue()), Optional.empty());
        Tensor part = mul(logits, shares.select(0, place++));
        mixed = mixed == null ? part : add(mixed, part);
      }
      return mixed;
    }
  }
}
