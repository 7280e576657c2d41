package io.physiowave.training.dataset;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Turns a stored window into one that the model sees: cuts the margin off and varies what is left.
 * What it does to a window follows from the random numbers it is given alone.
 */
public final class WindowAugmenter {
  // A silent electrode must not take on its neighbour's strength by amplifying its own noise.
  private static final double RING_FLOOR = 0.05;

  private final WindowLayout layout;
  private final AugmentationOptions options;

  public WindowAugmenter(WindowLayout layout, AugmentationOptions options) {
    this.layout = layout;
    this.options = options;
  }

  /**
   * The window without its margin, unvaried.
   *
   * @param stored row-major {@code [inputRows][storedSamples]}
   * @param into receives {@code [inputRows][windowSamples]} from {@code at}
   */
  public static void crop(WindowLayout layout, float[] stored, float[] into, int at) {
    for (int row = 0; row < layout.inputRows(); row++) {
      System.arraycopy(
          stored,
          row * layout.storedSamples() + layout.marginSamples(),
          into,
          at + row * layout.windowSamples(),
          layout.windowSamples());
    }
  }

  /**
   * A variation of the window.
   *
   * @param stored row-major {@code [inputRows][storedSamples]}
   * @param into receives {@code [inputRows][windowSamples]} from {@code at}
   */
  public void apply(float[] stored, float[] into, int at, RandomGenerator random) {
    crop(layout, stored, into, at);
    resample(stored, into, at, random);
    arrangeChannels(into, at, random);
    if (options.ringShift() > 0) {
      turnRing(into, at, random);
    }
    double gain = factor(options.gain(), random);
    if (happens(options.flip(), random)) {
      gain = -gain;
    }
    for (int channel = 0; channel < layout.signalRows(); channel++) {
      vary(into, at + channel * layout.windowSamples(), gain, random);
    }
    if (layout.contextValues() > 0 && options.contextNoise() > 0) {
      varyContext(into, at, random);
    }
    silenceChannels(into, at, random);
  }

  /** Shifts and stretches all channels alike, by linear interpolation between stored samples. */
  private void resample(float[] stored, float[] into, int at, RandomGenerator random) {
    if (options.shiftSamples() == 0 && options.stretch() == 0) {
      return;
    }
    int shift =
        options.shiftSamples() == 0
            ? 0
            : random.nextInt(-options.shiftSamples(), options.shiftSamples() + 1);
    double rate = 1 + symmetric(options.stretch(), random);
    int length = layout.windowSamples();
    int storedLength = layout.storedSamples();
    double centre = (length - 1) / 2.0;
    for (int t = 0; t < length; t++) {
      double source = layout.marginSamples() + shift + centre + (t - centre) * rate;
      double clamped = Math.min(Math.max(source, 0), storedLength - 1.0);
      int left = Math.min((int) clamped, storedLength - 2 < 0 ? 0 : storedLength - 2);
      float share = (float) (clamped - left);
      int right = Math.min(left + 1, storedLength - 1);
      for (int channel = 0; channel < layout.signalRows(); channel++) {
        float before = stored[channel * storedLength + left];
        float after = stored[channel * storedLength + right];
        into[at + channel * length + t] = before + share * (after - before);
      }
    }
  }

  private void arrangeChannels(float[] into, int at, RandomGenerator random) {
    int rows = layout.signalRows();
    int length = layout.windowSamples();
    if (options.channelRotation() > 0 && rows > 1) {
      int places = random.nextInt(-options.channelRotation(), options.channelRotation() + 1);
      float[] turned = new float[rows * length];
      for (int row = 0; row < rows; row++) {
        int target = Math.floorMod(row + places, rows);
        System.arraycopy(into, at + row * length, turned, target * length, length);
      }
      System.arraycopy(turned, 0, into, at, turned.length);
    }
    if (rows > 1 && happens(options.channelSwap(), random)) {
      for (int t = at; t < at + length; t++) {
        float first = into[t];
        into[t] = into[t + length];
        into[t + length] = first;
      }
      swapContext(into, at);
    }
  }

  /** Moves each channel's strength, on a logarithmic scale, towards that of a neighbour. */
  private void turnRing(float[] into, int at, RandomGenerator random) {
    int rows = layout.signalRows();
    int length = layout.windowSamples();
    double[] strength = new double[rows];
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      double deviation = deviation(into, at + row * length);
      strength[row] = deviation;
      sum += deviation * deviation;
    }
    double floor = RING_FLOOR * Math.sqrt(sum / rows) + Float.MIN_NORMAL;
    double share = symmetric(options.ringShift(), random);
    for (int row = 0; row < rows; row++) {
      int neighbour = Math.floorMod(row + (share > 0 ? -1 : 1), rows);
      double ratio = (strength[neighbour] + floor) / (strength[row] + floor);
      float factor = (float) Math.pow(ratio, Math.abs(share));
      for (int t = at + row * length; t < at + (row + 1) * length; t++) {
        into[t] *= factor;
      }
    }
  }

  private void vary(float[] into, int from, double gain, RandomGenerator random) {
    int length = layout.windowSamples();
    float factor = (float) (gain * factor(options.amplitude(), random));
    double wander = symmetric(options.wander(), random);
    double cycles = options.wander() > 0 ? random.nextDouble(0.1, 1.5) : 0;
    double phase = options.wander() > 0 ? random.nextDouble(2 * Math.PI) : 0;
    boolean noisy = options.noise() > 0 || options.noiseFloor() > 0;
    double relative = options.noise() > 0 ? options.noise() * deviation(into, from) : 0;
    double deviation = noisy ? Math.hypot(relative, options.noiseFloor()) * random.nextDouble() : 0;
    for (int t = 0; t < length; t++) {
      float value = into[from + t] * factor;
      if (wander != 0) {
        value += (float) (wander * Math.sin(2 * Math.PI * cycles * t / length + phase));
      }
      if (noisy) {
        value += (float) (deviation * random.nextGaussian());
      }
      into[from + t] = value;
    }
  }

  private double deviation(float[] values, int from) {
    int length = layout.windowSamples();
    double sum = 0;
    double squares = 0;
    for (int t = from; t < from + length; t++) {
      sum += values[t];
      squares += (double) values[t] * values[t];
    }
    double mean = sum / length;
    return Math.sqrt(Math.max(0, squares / length - mean * mean));
  }

  private void silenceChannels(float[] into, int at, RandomGenerator random) {
    int rows = layout.signalRows();
    if (rows == 1) {
      return;
    }
    if (happens(options.tailDropout(), random)) {
      for (int row = 1; row < rows; row++) {
        silence(into, at, row);
      }
    } else if (happens(options.headDropout(), random)) {
      silence(into, at, 0);
    }
    if (options.channelDropout() > 0) {
      int kept = random.nextInt(rows);
      for (int row = 0; row < rows; row++) {
        if (row != kept && happens(options.channelDropout(), random)) {
          silence(into, at, row);
        }
      }
    }
  }

  /** As when a stream lacks the channel: its row and what was measured on it are 0. */
  private void silence(float[] into, int at, int row) {
    int length = layout.windowSamples();
    Arrays.fill(into, at + row * length, at + (row + 1) * length, 0f);
    for (int value = 0; value < layout.contextValues(); value++) {
      if (layout.contextChannels().get(value) == row) {
        Arrays.fill(into, firstColumn(at, value), firstColumn(at, value + 1), 0f);
      }
    }
  }

  private void varyContext(float[] into, int at, RandomGenerator random) {
    for (int value = 0; value < layout.contextValues(); value++) {
      float noise = (float) (options.contextNoise() * random.nextGaussian());
      int end = firstColumn(at, value + 1);
      for (int t = firstColumn(at, value); t < end; t++) {
        into[t] += noise;
      }
    }
  }

  private void swapContext(float[] into, int at) {
    int last = -1;
    for (int value = 0; value < layout.contextValues(); value++) {
      if (layout.contextChannels().get(value) == 0) {
        last = nextOfSecond(last);
        if (last < 0) {
          return;
        }
        float first = into[firstColumn(at, value)];
        float second = into[firstColumn(at, last)];
        Arrays.fill(into, firstColumn(at, value), firstColumn(at, value + 1), second);
        Arrays.fill(into, firstColumn(at, last), firstColumn(at, last + 1), first);
      }
    }
  }

  private int nextOfSecond(int after) {
    for (int value = after + 1; value < layout.contextValues(); value++) {
      if (layout.contextChannels().get(value) == 1) {
        return value;
      }
    }
    return -1;
  }

  /** Column t of the context row belongs to value floor(t * K / T). */
  private int firstColumn(int at, int value) {
    int length = layout.windowSamples();
    return at + layout.signalRows() * length + ceilingOf(value * length, layout.contextValues());
  }

  private static int ceilingOf(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private static double factor(double deviation, RandomGenerator random) {
    return deviation == 0 ? 1 : Math.exp(deviation * random.nextGaussian());
  }

  private static double symmetric(double largest, RandomGenerator random) {
    return largest == 0 ? 0 : random.nextDouble(-largest, largest);
  }

  private static boolean happens(double probability, RandomGenerator random) {
    return probability > 0 && random.nextDouble() < probability;
  }
}
