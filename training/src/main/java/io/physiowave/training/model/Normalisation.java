package io.physiowave.training.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * What the model does to a raw window {@code [B, C, T]} before the wavelet decomposition, so that
 * whoever runs it feeds samples in the card's unit. A context row is never normalised.
 *
 * <p>JSON: an object with {@code type} and the fields of that type, for example {@code {"type":
 * "window-zscore", "epsilon": 1.0E-6}}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Normalisation.None.class, name = "none"),
  @JsonSubTypes.Type(value = Normalisation.WindowZScore.class, name = "window-zscore"),
  @JsonSubTypes.Type(value = Normalisation.Fixed.class, name = "fixed"),
  @JsonSubTypes.Type(value = Normalisation.FixedCompressed.class, name = "fixed-compressed")
})
public sealed interface Normalisation {

  /**
   * Refuses constants that do not fit a model.
   *
   * @param channels signal channels of the model
   * @throws IllegalArgumentException if the number of constants is not {@code channels}
   */
  void requireChannels(int channels);

  /** Samples reach the wavelet filters as they are: the published behaviour. */
  record None() implements Normalisation {
    @Override
    public void requireChannels(int channels) {}
  }

  /**
   * Per window and channel {@code (x - mean) / sqrt(variance + epsilon)} with the population
   * variance; an all-zero channel stays zero.
   *
   * @param epsilon added to the variance, in squared input units, above 0
   */
  record WindowZScore(float epsilon) implements Normalisation {
    /** Checks that epsilon is a positive number. */
    public WindowZScore {
      if (!(epsilon > 0) || Float.isInfinite(epsilon)) {
        throw new IllegalArgumentException(
            "normalisation window-zscore: epsilon " + epsilon + " must be a positive number");
      }
    }

    @Override
    public void requireChannels(int channels) {}
  }

  /**
   * Per channel {@code x * scale + offset}.
   *
   * @param scale one finite factor per channel
   * @param offset one finite addend per channel, in the scaled unit
   */
  record Fixed(List<Float> scale, List<Float> offset) implements Normalisation {
    /** Copies the constants and checks that they pair up and are finite. */
    public Fixed {
      scale = ChannelConstants.finite("normalisation fixed: scale", scale);
      offset = ChannelConstants.finite("normalisation fixed: offset", offset);
      if (scale.size() != offset.size()) {
        throw new IllegalArgumentException(
            "normalisation fixed: "
                + scale.size()
                + " scales and "
                + offset.size()
                + " offsets; there must be one of each per channel");
      }
    }

    @Override
    public void requireChannels(int channels) {
      ChannelConstants.requireCount("normalisation fixed", scale.size(), channels);
    }
  }

  /**
   * Per channel {@code sign(x) * log1p(|x| / scale)}: linear near zero, logarithmic above the
   * scale.
   *
   * @param scale one value per channel in input units, above 0
   */
  record FixedCompressed(List<Float> scale) implements Normalisation {
    /** Copies the scales and checks that they are positive. */
    public FixedCompressed {
      scale = ChannelConstants.finite("normalisation fixed-compressed: scale", scale);
      for (float value : scale) {
        if (!(value > 0)) {
          throw new IllegalArgumentException(
              "normalisation fixed-compressed: scale " + value + " must be positive");
        }
      }
    }

    @Override
    public void requireChannels(int channels) {
      ChannelConstants.requireCount("normalisation fixed-compressed", scale.size(), channels);
    }
  }
}
