package io.physiowave.core.quality;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictTest {
  /** A value that has stood still since before the window counts from then on. */
  @Test
  void saysNoMoreThanAll() {
    float[] samples = new float[80];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i < 38 ? (float) Math.sin(i * 2.1) : 6;
    }
    ChannelQuality quality = new ChannelQuality(QualityOptions.SURFACE, 1, 200, 40, 200);
    quality.accept(samples, 0, samples.length, 0, false);

    assertThat(quality.assess(40, 80).reason()).isEqualTo("flatline 100 %, saturated 100 %");
  }
}
