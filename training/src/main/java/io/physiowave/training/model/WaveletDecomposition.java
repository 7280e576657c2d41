package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.add;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.lerp;
import static org.bytedeco.pytorch.global.torch.mul;
import static org.bytedeco.pytorch.global.torch.upsample_nearest1d;
import static org.bytedeco.pytorch.global.torch.zeros;
import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The soft-gated wavelet decomposition: at each level the blended filters split the approximation,
 * the gate mixes both halves with what came in, and the scales before are fused in.
 */
final class WaveletDecomposition extends Module {
  private final int channels;
  private final WaveletSelector selector;
  private final SoftGate gate;
  private final List<CrossScaleFusion> fusions = new ArrayList<>();
  private final List<Tensor> residualScales = new ArrayList<>();

  WaveletDecomposition(ModelConfig config, AttentionKernel kernel) {
    super("WaveletDecomposition");
    channels = config.inChannels();
    selector = register_module("selector", new WaveletSelector(config));
    gate = register_module("gate", new SoftGate(config));
    Module fusionList = register_module("sub_ffn", new Module("sub_ffn"));
    Module scaleList = register_module("res_scales", new Module("res_scales"));
    for (int level = 0; level < config.maxLevel(); level++) {
      String name = Integer.toString(level);
      fusions.add(fusionList.register_module(name, new CrossScaleFusion(config, kernel)));
      residualScales.add(Parameters.register(scaleList, name, zeros(1)));
    }
  }

  /**
   * {@code [B, C, T]} to {@code [B, (levels + 1) * C, T]}: details by level, then approximation.
   */
  Tensor apply(Tensor signal) {
    long samples = signal.size(2);
    Tensor state = cat(new TensorVector(signal, zeros_like(signal)), 1);
    List<Tensor> previous = new ArrayList<>();
    TensorVector bands = new TensorVector();
    for (int level = 0; level < fusions.size(); level++) {
      Tensor approximation = state.narrow(1, 0, channels);
      Tensor means = approximation.mean(-1);
      Tensor filtered =
          Scopes.keeping(
              () -> upsample_nearest1d(selector.decompose(approximation, means), samples));
      Tensor passed = gate.apply(means);
      Tensor kept = cat(new TensorVector(passed, passed), 1);
      // Under mixed precision only the state is still float32.
      ScalarType type = state.scalar_type();
      Tensor mixed = lerp(filtered.to(type), state, kept.to(type));
      CrossScaleFusion fusion = fusions.get(level);
      Tensor scale = residualScales.get(level);
      state = Scopes.keeping(() -> add(mixed, mul(scale, fusion.apply(mixed, previous))));
      previous.add(mixed.transpose(1, 2));
      bands.push_back(state.narrow(1, channels, channels));
    }
    bands.push_back(state.narrow(1, 0, channels));
    return cat(bands, 1);
  }
}
