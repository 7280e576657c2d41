package io.physiowave.connectors.recording;

/**
 * Physical value = digital value * gain + offset.
 *
 * @param gain physical units per digital step; finite and not 0
 * @param offset physical value of digital 0; finite
 */
public record DigitalScale(double gain, double offset) {
  public DigitalScale {
    if (!Double.isFinite(gain) || gain == 0 || !Double.isFinite(offset)) {
      throw new IllegalArgumentException(
          "digital scale has gain " + gain + " and offset " + offset + "; expected finite numbers");
    }
  }
}
