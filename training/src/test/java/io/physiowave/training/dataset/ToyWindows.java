package io.physiowave.training.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Small files of windows whose class is plain to see: a slow sine, a fast one, or their sum. */
public final class ToyWindows {
  public static final int CHANNELS = 2;
  public static final int SAMPLES = 32;
  public static final int CLASSES = 3;

  private ToyWindows() {}

  /** Writes so many windows, classes in turn, groups of ten. */
  public static Path write(Path file, int count, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    try (WindowFileWriter writer = WindowFileWriter.create(file, CHANNELS, SAMPLES)) {
      for (int i = 0; i < count; i++) {
        writer.append(window(i % CLASSES, random), i % CLASSES, i / 10);
      }
      writer.finish();
    }
    return file;
  }

  /** One window of a class, row-major. */
  public static float[] window(int label, SplittableRandom random) {
    float[] window = new float[CHANNELS * SAMPLES];
    double phase = random.nextDouble(2 * Math.PI);
    for (int i = 0; i < window.length; i++) {
      int t = i % SAMPLES;
      double slow = label == 1 ? 0 : Math.sin(2 * Math.PI * t / SAMPLES + phase);
      double fast = label == 0 ? 0 : Math.sin(2 * Math.PI * 8 * t / SAMPLES + phase);
      window[i] = (float) (slow + fast + 0.05 * random.nextGaussian());
    }
    return window;
  }
}
