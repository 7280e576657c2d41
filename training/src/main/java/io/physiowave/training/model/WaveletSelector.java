package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.conv1d;
import static org.bytedeco.pytorch.global.torch.matmul;
import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.stack;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;

/**
 * One level of decomposition by a blend of several learnable wavelets, weighted per window from the
 * mean of each channel.
 */
final class WaveletSelector extends Module {
  private static final int HIDDEN = 128;

  private final int channels;
  private final int kernelSize;
  private final boolean separate;
  private final List<LearnableWaveletFilter> filters = new ArrayList<>();
  private final Affine hidden;
  private final Affine scores;

  WaveletSelector(ModelConfig config) {
    super("WaveletSelector");
    channels = config.inChannels();
    kernelSize = config.waveKernelSize();
    separate = config.useSeparateChannel();
    Module bank = register_module("wavelet_filters", new Module("wavelet_filters"));
    for (String wavelet : config.waveletNames()) {
      LearnableWaveletFilter filter = new LearnableWaveletFilter(config, wavelet);
      filters.add(bank.register_module(Integer.toString(filters.size()), filter));
    }
    Module selector = register_module("selector", new Module("selector"));
    hidden = selector.register_module("2", Affine.linear(channels, HIDDEN));
    scores = selector.register_module("4", Affine.linear(HIDDEN, filters.size()));
  }

  /**
   * Blends the filters before filtering: filtering is linear, so this equals the published blend of
   * the filtered signals at a cost that does not grow with the number of wavelets. A stride of two
   * replaces computing every sample and dropping every other.
   *
   * @param signal {@code [B, C, T]}
   * @param means its means over time, {@code [B, C]}
   * @return {@code [B, 2C, T']}: approximation channels, then detail channels, at half the rate
   */
  Tensor decompose(Tensor signal, Tensor means) {
    long batch = signal.size(0);
    long samples = signal.size(2);
    Tensor weights = scores.apply(relu(hidden.apply(means))).softmax(1);
    Tensor bank = filterBank();
    Tensor kernels = matmul(weights, bank.reshape(bank.size(0), -1));
    long inputs = separate ? 1 : channels;
    Tensor filtered =
        conv1d(
            signal.reshape(1, batch * channels, samples),
            kernels.reshape(batch * 2L * channels, inputs, kernelSize),
            new TensorOptional(),
            new long[] {2},
            new long[] {kernelSize / 2},
            new long[] {1},
            separate ? batch * channels : batch);
    if (!separate) {
      return filtered.reshape(batch, 2L * channels, -1);
    }
    return filtered
        .reshape(batch, channels, 2, -1)
        .transpose(1, 2)
        .reshape(batch, 2L * channels, -1);
  }

  // A depthwise convolution wants both outputs of a channel side by side, one that mixes channels
  // may have them in the final order at once.
  private Tensor filterBank() {
    TensorVector wavelets = new TensorVector();
    for (LearnableWaveletFilter filter : filters) {
      wavelets.push_back(stack(new TensorVector(filter.low(), filter.high()), separate ? 1 : 0));
    }
    return stack(wavelets);
  }
}
