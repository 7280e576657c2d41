package io.physiowave.training.wavelet;

/**
 * The decomposition filters of a discrete wavelet, first tap first. The arrays are shared: treat
 * them as read-only.
 *
 * @param name PyWavelets' name, for example {@code db6} or {@code bior4.4}
 * @param lowPass scaling filter, of even length and sum sqrt(2)
 * @param highPass wavelet filter, as long as {@code lowPass}
 */
public record Wavelet(String name, double[] lowPass, double[] highPass) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Wavelet wavelet && name.equals(wavelet.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name + " (" + lowPass.length + " taps)";
  }
}
