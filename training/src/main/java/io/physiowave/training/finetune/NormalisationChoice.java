package io.physiowave.training.finetune;

import io.physiowave.training.dataset.ChannelStatistics;
import io.physiowave.training.dataset.WindowLayout;
import io.physiowave.training.dataset.WindowSet;
import io.physiowave.training.model.Normalisation;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** The forms of {@code --normalisation}; constants are measured on the training windows. */
public enum NormalisationChoice {
  /** Samples as they are: the published choice. */
  NONE,
  /** Each window and channel to mean 0 and deviation 1. */
  ZSCORE,
  /** Each channel divided by its deviation over the training windows. */
  FIXED,
  /** As {@link #FIXED}, with one deviation for all channels, which keeps their proportions. */
  FIXED_COMMON,
  /** Logarithmic above the channel's deviation, one for all channels. */
  COMPRESSED;

  private static final float EPSILON = 1e-6f;

  /**
   * The normalisation for a model.
   *
   * @param scale divisor for all channels in the data's unit, or 0 to measure it
   */
  public Normalisation over(WindowSet windows, WindowLayout layout, double scale)
      throws IOException {
    if (this == NONE) {
      return new Normalisation.None();
    }
    if (this == ZSCORE) {
      return new Normalisation.WindowZScore(EPSILON);
    }
    List<Float> divisors = divisors(windows, layout, scale);
    if (this == COMPRESSED) {
      return new Normalisation.FixedCompressed(divisors);
    }
    return new Normalisation.Fixed(
        divisors.stream().map(value -> 1 / value).toList(),
        Collections.nCopies(divisors.size(), 0f));
  }

  private List<Float> divisors(WindowSet windows, WindowLayout layout, double scale)
      throws IOException {
    if (scale > 0) {
      return Collections.nCopies(layout.signalRows(), (float) scale);
    }
    double[] deviations = ChannelStatistics.of(windows, layout).deviation();
    double common = Math.sqrt(DoubleStream.of(deviations).map(d -> d * d).average().orElse(1));
    DoubleUnaryOperator chosen = this == FIXED ? d -> d : d -> common;
    return DoubleStream.of(deviations)
        .map(chosen)
        // A channel that never moves must not become infinite.
        .mapToObj(value -> (float) (value > 0 ? value : 1))
        .toList();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
