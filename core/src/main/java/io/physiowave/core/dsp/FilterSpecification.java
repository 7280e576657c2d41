package io.physiowave.core.dsp;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One causal Butterworth (or notch) filter, applied at the stream's own rate before resampling. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FilterSpecification.HighPass.class, name = "high-pass"),
  @JsonSubTypes.Type(value = FilterSpecification.LowPass.class, name = "low-pass"),
  @JsonSubTypes.Type(value = FilterSpecification.Notch.class, name = "notch")
})
public sealed interface FilterSpecification {

  /**
   * Removes what is slower than the cutoff, e.g. baseline wander.
   *
   * @param order filter order, 1 to 8
   * @param cutoffHz -3 dB point, Hz, more than 0
   */
  record HighPass(int order, double cutoffHz) implements FilterSpecification {
    public HighPass {
      requireOrder(order);
      requireFrequency("cutoffHz", cutoffHz);
    }
  }

  /**
   * Removes what is faster than the cutoff.
   *
   * @param order filter order, 1 to 8
   * @param cutoffHz -3 dB point, Hz; skipped for a stream whose Nyquist frequency is not above it
   */
  record LowPass(int order, double cutoffHz) implements FilterSpecification {
    public LowPass {
      requireOrder(order);
      requireFrequency("cutoffHz", cutoffHz);
    }
  }

  /**
   * Removes one frequency, e.g. the mains.
   *
   * @param order filter order, 1 to 8
   * @param centreHz frequency removed, Hz
   * @param widthHz distance between the -3 dB points, Hz
   */
  record Notch(int order, double centreHz, double widthHz) implements FilterSpecification {
    public Notch {
      requireOrder(order);
      requireFrequency("centreHz", centreHz);
      requireFrequency("widthHz", widthHz);
    }
  }

  private static void requireOrder(int order) {
    if (order < 1 || order > 8) {
      throw new IllegalArgumentException("filter order is " + order + "; expected 1 to 8");
    }
  }

  private static void requireFrequency(String field, double hertz) {
    if (!(hertz > 0 && Double.isFinite(hertz))) {
      throw new IllegalArgumentException(
          "filter " + field + " is " + hertz + " Hz; expected more than 0");
    }
  }
}
