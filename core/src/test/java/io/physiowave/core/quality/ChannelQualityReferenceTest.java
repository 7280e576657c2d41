package io.physiowave.core.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class ChannelQualityReferenceTest {
  /** At this rate samples lie as far apart as the steps of noise, so that figures are exact. */
  private static final double RATE = 250;

  private static final int WINDOW = 64;
  private static final int SPAN = 160;
  private static final double[] LIMITS = {0, 0.0625, 0.125, 0.25, 0.5, 0.75, 1};

  @Property(tries = 400, shrinking = ShrinkingMode.OFF)
  void whatLittleIsKeptJudgesAsAllSamplesDo(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    QualityOptions options = options(random);
    double millivolts = random.nextBoolean() ? 1 : 0.5;
    ChannelQuality watch = new ChannelQuality(options, millivolts, RATE, WINDOW, SPAN);
    QualityReference reference = new QualityReference(options, millivolts, RATE, WINDOW);
    while (reference.size() < 2 * SPAN) {
      feed(random, watch, reference);
      watch = random.nextInt(3) == 0 ? watch.copy() : watch;
      if (random.nextInt(3) == 0) {
        watch = restored(watch, new ChannelQuality(options, millivolts, RATE, WINDOW, SPAN));
      }
      int length = 1 + random.nextInt(WINDOW);
      int start = Math.max(0, reference.size() + random.nextInt(8) - length);
      start = random.nextBoolean() ? start / reference.block() * reference.block() : start;
      assertThat(watch.assess(start, start + length))
          .as("samples %d to %d", start, start + length)
          .isEqualTo(reference.assess(start, start + length));
    }
  }

  private static QualityOptions options(Random random) {
    double[][] limits = new double[6][2];
    for (int i = 0; i < limits.length; i++) {
      int usable = random.nextInt(LIMITS.length);
      int bad = usable + random.nextInt(LIMITS.length - usable);
      double scale = i < 4 ? 1 : 4;
      limits[i] = new double[] {LIMITS[usable] * scale, LIMITS[bad] * scale};
    }
    return new QualityOptions(
        limits[0][0],
        limits[0][1],
        limits[1][0],
        limits[1][1],
        random.nextInt(3) * 0.25,
        limits[2][0],
        limits[2][1],
        0.004 * (1 + random.nextInt(8)),
        limits[3][0],
        limits[3][1],
        limits[4][0],
        limits[4][1],
        limits[5][0],
        limits[5][1]);
  }

  /** Gives both a run of samples of one kind: waves, a constant, not a number, or lost. */
  private void feed(Random random, ChannelQuality watch, QualityReference reference) {
    int kind = random.nextInt(6);
    int count = 1 + random.nextInt(24);
    if (kind == 5) {
      watch.acceptLost(reference.size(), count);
      for (int i = 0; i < count; i++) {
        reference.lose();
      }
      return;
    }
    boolean off = random.nextInt(5) == 0;
    float[] samples = new float[count + 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = kind < 3 ? (random.nextInt(9) - 4) * 0.25f : random.nextInt(2) * 0.25f;
      if (kind == 4) {
        samples[i] = i > 0 ? samples[i - 1] : (random.nextInt(9) - 4) * 0.25f;
      }
      if (random.nextInt(16) == 0) {
        samples[i] = random.nextBoolean() ? Float.NaN : Float.NEGATIVE_INFINITY;
      }
    }
    watch.accept(samples, 1, 1 + count, reference.size(), off);
    for (int i = 0; i < count; i++) {
      reference.accept(samples[1 + i], off);
    }
  }

  private static ChannelQuality restored(ChannelQuality saved, ChannelQuality into)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    saved.writeTo(new DataOutputStream(bytes), 0);
    into.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    return into;
  }
}
