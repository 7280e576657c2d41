package io.physiowave.core.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.core.dsp.SyntheticEcg;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ChannelQualityTest {
  private static final int RATE = 360;

  private static ChannelQuality watch(QualityOptions options) {
    return new ChannelQuality(options, 1, RATE, RATE, 4 * RATE);
  }

  private static float[] ecg() {
    return SyntheticEcg.leads(1, RATE, 4, 1)[0];
  }

  private static SignalQuality judge(QualityOptions options, float[] samples, boolean off) {
    ChannelQuality watch = watch(options);
    watch.accept(samples, 0, samples.length, 0, off);
    return watch.assess(RATE, 3 * RATE);
  }

  private static SignalQuality judge(float[] samples) {
    return judge(QualityOptions.BEATS, samples, false);
  }

  @Nested
  class Verdicts {
    @Test
    void aCleanLeadIsGood() {
      assertThat(judge(ecg())).isEqualTo(SignalQuality.GOOD);
    }

    @Test
    void fewValuesThatAreNotNumbersAreUsableManyAreBad() {
      float[] samples = ecg();
      samples[500] = Float.NaN;
      assertThat(judge(samples))
          .isEqualTo(new SignalQuality(QualityLevel.USABLE, "not a number 1 %"));
      Arrays.fill(samples, 500, 800, Float.POSITIVE_INFINITY);
      assertThat(judge(samples).level()).isEqualTo(QualityLevel.BAD);
      assertThat(judge(samples).reason()).contains("not a number 4");
    }

    @Test
    void anElectrodeThatIsOffIsBad() {
      assertThat(judge(QualityOptions.BEATS, ecg(), true))
          .isEqualTo(new SignalQuality(QualityLevel.BAD, "lead off 100 %"));
    }

    @Test
    void aFlatLeadIsBadEvenWithALittleNoise() {
      float[] flat = new float[4 * RATE];
      Random random = new Random(1);
      for (int i = 0; i < flat.length; i++) {
        flat[i] = 0.005f * random.nextFloat();
      }
      assertThat(judge(flat).level()).isEqualTo(QualityLevel.BAD);
      assertThat(judge(flat).reason()).contains("flatline 100 %");
      assertThat(judge(QualityOptions.SURFACE, flat, false)).isEqualTo(SignalQuality.GOOD);
    }

    @Test
    void aConverterAtItsRailIsSaturated() {
      float[] samples = ecg();
      Arrays.fill(samples, 600, 660, 5);
      assertThat(judge(samples).level()).isEqualTo(QualityLevel.USABLE);
      assertThat(judge(samples).reason()).contains("saturated");
      Arrays.fill(samples, 600, 1000, 5);
      assertThat(judge(samples).level()).isEqualTo(QualityLevel.BAD);
    }

    @Test
    void noiseAndRangeAreJudgedForTheHeartOnly() {
      float[] samples = ecg();
      Random random = new Random(2);
      for (int i = 0; i < samples.length; i++) {
        samples[i] += (float) random.nextGaussian();
      }
      assertThat(judge(samples).level()).isEqualTo(QualityLevel.BAD);
      assertThat(judge(samples).reason()).contains("noise");
      assertThat(judge(QualityOptions.SURFACE, samples, false)).isEqualTo(SignalQuality.GOOD);
      samples = ecg();
      samples[700] = 20;
      assertThat(judge(samples).reason()).contains("range");
    }

    @Test
    void lostSamplesCountWhereTheyAreMissing() {
      ChannelQuality watch = watch(QualityOptions.BEATS);
      float[] samples = ecg();
      watch.accept(samples, 0, 600, 0, false);
      watch.acceptLost(600, 300);
      watch.accept(samples, 900, 1440, 900, false);
      assertThat(watch.assess(500, 1000).level()).isEqualTo(QualityLevel.BAD);
      assertThat(watch.assess(500, 1000).reason()).contains("samples lost");
      assertThat(watch.assess(100, 500)).isEqualTo(SignalQuality.GOOD);
    }

    @Test
    void aStretchWithoutSamplesIsBad() {
      assertThat(watch(QualityOptions.BEATS).assess(0, 360).reason()).isEqualTo("no samples");
    }
  }

  @Test
  void piecesAndARestoredStateGiveTheSameVerdict() throws IOException {
    float[] samples = ecg();
    samples[700] = Float.NaN;
    Arrays.fill(samples, 800, 830, 3);
    ChannelQuality whole = watch(QualityOptions.BEATS);
    whole.accept(samples, 0, samples.length, 0, false);
    Random random = new Random(3);
    ChannelQuality pieces = watch(QualityOptions.BEATS);
    for (int at = 0; at < samples.length; ) {
      int end = Math.min(samples.length, at + random.nextInt(60));
      pieces.accept(samples, at, end, at, false);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      pieces.writeTo(new DataOutputStream(bytes), 0);
      pieces = watch(QualityOptions.BEATS);
      pieces.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
      at = end;
    }
    for (int start = 0; start < 3 * RATE; start += 50) {
      assertThat(pieces.assess(start, start + RATE)).isEqualTo(whole.assess(start, start + RATE));
    }
  }

  @Test
  void whatLiesBeforeTheStretchesToComeIsNotSaved() throws IOException {
    float[] samples = ecg();
    ChannelQuality whole = watch(QualityOptions.BEATS);
    whole.accept(samples, 0, samples.length, 0, false);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteArrayOutputStream half = new ByteArrayOutputStream();
    whole.writeTo(new DataOutputStream(all), 0);
    whole.writeTo(new DataOutputStream(half), 2 * RATE);
    assertThat(half.size()).isBetween(all.size() / 3, all.size() * 2 / 3);
    ChannelQuality restored = watch(QualityOptions.BEATS);
    restored.restore(new DataInputStream(new ByteArrayInputStream(half.toByteArray())));
    assertThat(restored.assess(2 * RATE, 3 * RATE)).isEqualTo(whole.assess(2 * RATE, 3 * RATE));
    assertThat(restored.assess(0, RATE).reason()).isEqualTo("no samples");
  }

  @Test
  void aStateSavedWithALongerRingKeepsWhatIsNewest() throws IOException {
    float[] samples = ecg();
    ChannelQuality longer = new ChannelQuality(QualityOptions.BEATS, 1, RATE, RATE, 4 * RATE);
    longer.accept(samples, 0, samples.length, 0, false);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    longer.writeTo(new DataOutputStream(bytes), 0);
    ChannelQuality shorter = new ChannelQuality(QualityOptions.BEATS, 1, RATE, RATE, RATE);
    shorter.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(shorter.assess(3 * RATE, 4 * RATE)).isEqualTo(longer.assess(3 * RATE, 4 * RATE));
  }

  @Test
  void optionsOutOfOrderAreRefused() {
    assertThatThrownBy(() -> new QualityOptions(0.3, 0.2, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1, 1))
        .hasMessage(
            "usableMissingShare is 0.3 and badMissingShare 0.2; expected 0 <= usable <= bad");
    assertThatThrownBy(() -> new QualityOptions(0, 0.2, 0, 2, 0, 0, 1, 1, 0, 1, 1, 1, 1, 1))
        .hasMessage("badLeadOffShare is 2.0; expected at most 1");
    assertThatThrownBy(() -> new SignalQuality(QualityLevel.BAD, ""))
        .hasMessageContaining("only GOOD has an empty reason");
  }
}
