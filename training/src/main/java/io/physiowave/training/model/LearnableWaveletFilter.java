package io.physiowave.training.model;

import io.physiowave.training.wavelet.WaveletKernel;
import io.physiowave.training.wavelet.Wavelets;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/**
 * The low-pass and high-pass filters of one wavelet, {@code [C, 1, K]} each when channels are
 * separate and {@code [C, C, K]} when they mix. Separate filters start as the wavelet; of mixing
 * filters only the one from the first channel to itself does, as published.
 */
final class LearnableWaveletFilter extends Module {
  private final Tensor low;
  private final Tensor high;

  LearnableWaveletFilter(ModelConfig config, String wavelet) {
    super("LearnableWaveletFilter");
    WaveletKernel kernel = WaveletKernel.of(Wavelets.named(wavelet), config.waveKernelSize());
    low = register(config, "low_filter", kernel.lowPass());
    high = register(config, "high_filter", kernel.highPass());
  }

  private Tensor register(ModelConfig config, String name, float[] taps) {
    Module filter = register_module(name, new Module(name));
    return Parameters.register(filter, "weight", initial(config, taps));
  }

  private static Tensor initial(ModelConfig config, float[] taps) {
    int channels = config.inChannels();
    long[] shape = {channels, config.useSeparateChannel() ? 1 : channels, taps.length};
    double bound = Parameters.fanInBound(shape);
    Tensor weight = Parameters.uniform(bound, shape);
    Tensor start = config.useSeparateChannel() ? weight : weight.select(0, 0).select(0, 0);
    start.copy_(Tensor.create(taps, taps.length));
    return weight;
  }

  Tensor low() {
    return low;
  }

  Tensor high() {
    return high;
  }
}
