package io.physiowave.training.wavelet;

import java.util.List;

/**
 * A wavelet's decomposition filters in float32, resampled to the length of a convolution kernel as
 * the published model does: linear interpolation with both ends aligned, then the low-pass filter
 * scaled back to its sum and the high-pass filter to its sum of magnitudes. A filter that already
 * has the length is taken as it is. Where so few taps are left that all of them meet zeros of the
 * wavelet, the formula has no value and the taps are NaN, as published: {@link #requireTaps} tells
 * such a kernel from one that can be trained. The arrays are shared: treat them as read-only.
 *
 * @param lowPass taps of the approximation filter
 * @param highPass taps of the detail filter
 */
public record WaveletKernel(float[] lowPass, float[] highPass) {

  /**
   * Resamples a wavelet.
   *
   * @param taps length of the kernel, odd or even, at least 1
   * @throws IllegalArgumentException if {@code taps} is below 1
   */
  public static WaveletKernel of(Wavelet wavelet, int taps) {
    if (taps < 1) {
      throw new IllegalArgumentException("wave_kernel_size " + taps + " is below 1");
    }
    float[] low = toFloat(wavelet.lowPass());
    float[] high = toFloat(wavelet.highPass());
    return new WaveletKernel(
        low.length == taps ? low : rescale(interpolate(low, taps), sum(low), false),
        high.length == taps ? high : rescale(interpolate(high, taps), magnitude(high), true));
  }

  /**
   * Checks that training can start from these wavelets.
   *
   * @param names of wavelets
   * @param taps length of the kernels
   * @throws IllegalArgumentException if a name is unknown, or there are so few taps that only zeros
   *     of a wavelet are met
   */
  public static void requireTaps(List<String> names, int taps) {
    for (String name : names) {
      Wavelet wavelet = Wavelets.named(name);
      WaveletKernel kernel = of(wavelet, taps);
      if (!Float.isFinite(magnitude(kernel.lowPass))
          || !Float.isFinite(magnitude(kernel.highPass))) {
        throw new IllegalArgumentException(
            "wave_kernel_size " + taps + " is too short to resample wavelet " + wavelet);
      }
    }
  }

  private static float[] toFloat(double[] values) {
    float[] floats = new float[values.length];
    for (int index = 0; index < values.length; index++) {
      floats[index] = (float) values[index];
    }
    return floats;
  }

  // Positions and weights are float32, as in libtorch: in double precision a position that falls
  // on a tap may round to its other side.
  private static float[] interpolate(float[] taps, int size) {
    float step = size > 1 ? (float) (taps.length - 1) / (size - 1) : 0f;
    float[] resampled = new float[size];
    for (int index = 0; index < size; index++) {
      float position = step * index;
      int left = Math.min((int) position, taps.length - 1);
      int right = Math.min(left + 1, taps.length - 1);
      float rightWeight = Math.min(Math.max(position - left, 0f), 1f);
      float leftWeight = 1f - rightWeight;
      resampled[index] = taps[left] * leftWeight + taps[right] * rightWeight;
    }
    return resampled;
  }

  private static float[] rescale(float[] taps, float target, boolean magnitudes) {
    float ratio = target / (magnitudes ? magnitude(taps) : sum(taps));
    float[] scaled = new float[taps.length];
    for (int index = 0; index < taps.length; index++) {
      scaled[index] = taps[index] * ratio;
    }
    return scaled;
  }

  // Summed in double and rounded once: within one unit in the last place of any float32 order.
  private static float sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return (float) sum;
  }

  private static float magnitude(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += Math.abs(value);
    }
    return (float) sum;
  }
}
