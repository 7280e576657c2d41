package io.physiowave.connectors.recording.wfdb;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What an annotation file holds.
 *
 * @param annotations in file order, which is by sample
 * @param resolutionHz ticks per second of the sample positions when the file states it; otherwise
 *     they count the record's samples
 */
public record WfdbAnnotations(List<WfdbAnnotation> annotations, OptionalDouble resolutionHz) {
  public WfdbAnnotations {
    annotations = List.copyOf(annotations);
    if (resolutionHz.isPresent()
        && !(resolutionHz.getAsDouble() > 0 && Double.isFinite(resolutionHz.getAsDouble()))) {
      throw new IllegalArgumentException(
          "time resolution is " + resolutionHz.getAsDouble() + " Hz; expected more than 0");
    }
  }

  /** The annotations with positions in samples at a rate, Hz. */
  public List<WfdbAnnotation> atRate(double sampleRateHz) {
    if (resolutionHz.isEmpty() || resolutionHz.getAsDouble() == sampleRateHz) {
      return annotations;
    }
    double factor = sampleRateHz / resolutionHz.getAsDouble();
    return annotations.stream()
        .map(annotation -> annotation.movedTo(Math.round(annotation.sample() * factor)))
        .toList();
  }
}
