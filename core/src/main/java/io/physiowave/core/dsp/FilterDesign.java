package io.physiowave.core.dsp;

import java.util.ArrayList;
import java.util.List;
import uk.me.berndporr.iirj.Biquad;
import uk.me.berndporr.iirj.Butterworth;

/** Coefficients of filters as a cascade of second-order sections, designed by the iirj library. */
final class FilterDesign {
  /** Values a section takes: b0, b1, b2, a1, a2 with a0 = 1. */
  static final int VALUES_PER_SECTION = 5;

  private static final SharedDesigns<Wanted, double[]> DESIGNS =
      new SharedDesigns<>(wanted -> design(wanted.specifications(), wanted.sampleRateHz()));

  private record Wanted(List<FilterSpecification> specifications, double sampleRateHz) {}

  private FilterDesign() {}

  /**
   * Sections of all filters in order.
   *
   * @return {@code double[sections * 5]}, shared: not to be changed
   * @throws IllegalArgumentException when a high-pass filter would leave nothing at this rate
   */
  static double[] sections(List<FilterSpecification> specifications, double sampleRateHz) {
    if (!(sampleRateHz > 0 && Double.isFinite(sampleRateHz))) {
      throw new IllegalArgumentException(
          "sample rate is " + sampleRateHz + " Hz; expected more than 0");
    }
    return DESIGNS.of(new Wanted(List.copyOf(specifications), sampleRateHz));
  }

  private static double[] design(List<FilterSpecification> specifications, double sampleRateHz) {
    List<Biquad> sections = new ArrayList<>();
    for (FilterSpecification specification : specifications) {
      design(specification, sampleRateHz, sections);
    }
    double[] values = new double[sections.size() * VALUES_PER_SECTION];
    int at = 0;
    for (Biquad section : sections) {
      double scale = 1 / section.getA0();
      values[at++] = section.getB0() * scale;
      values[at++] = section.getB1() * scale;
      values[at++] = section.getB2() * scale;
      values[at++] = section.getA1() * scale;
      values[at++] = section.getA2() * scale;
    }
    return values;
  }

  private static void design(
      FilterSpecification specification, double sampleRateHz, List<Biquad> sections) {
    double nyquist = sampleRateHz / 2;
    Butterworth design = new Butterworth();
    if (specification instanceof FilterSpecification.HighPass highPass) {
      if (highPass.cutoffHz() >= nyquist) {
        throw new IllegalArgumentException(
            "a high-pass filter at "
                + highPass.cutoffHz()
                + " Hz leaves nothing of a stream at "
                + sampleRateHz
                + " Hz; expected a cutoff below half the rate");
      }
      design.highPass(highPass.order(), sampleRateHz, highPass.cutoffHz());
    } else if (specification instanceof FilterSpecification.LowPass lowPass) {
      if (lowPass.cutoffHz() >= nyquist) {
        return;
      }
      design.lowPass(lowPass.order(), sampleRateHz, lowPass.cutoffHz());
    } else if (specification instanceof FilterSpecification.Notch notch) {
      if (notch.centreHz() + notch.widthHz() / 2 >= nyquist) {
        return;
      }
      design.bandStop(notch.order(), sampleRateHz, notch.centreHz(), notch.widthHz());
    }
    for (int i = 0; i < design.getNumBiquads(); i++) {
      sections.add(design.getBiquad(i));
    }
  }
}
