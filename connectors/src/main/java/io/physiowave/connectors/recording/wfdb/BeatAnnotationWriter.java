package io.physiowave.connectors.recording.wfdb;

import io.physiowave.core.label.LabelEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Writes beat labels as the annotation file of a record, so that they can be compared beat by beat
 * with the reference annotations.
 *
 * <p>The AAMI classes N, S, V, F and Q are MIT annotation symbols already; a beat about which the
 * job declined to answer is written as Q, with the reason as its text.
 */
public final class BeatAnnotationWriter {
  private static final Set<String> CLASSES = Set.of("N", "S", "V", "F", "Q");
  private static final String UNKNOWN = "Q";

  private BeatAnnotationWriter() {}

  /**
   * Writes the beats of one session.
   *
   * @param file e.g. {@code 208.pwb}; replaced when it exists
   * @param labels in any order; those with the same identity are one, labels without a beat are
   *     passed over
   * @param recordRateHz the record's samples per second, to which the positions are brought
   * @return beats written
   * @throws IllegalArgumentException when a label is no AAMI class
   */
  public static int write(Path file, Collection<LabelEvent> labels, double recordRateHz)
      throws IOException {
    List<WfdbAnnotation> beats = annotations(labels, recordRateHz);
    AnnotationWriter.write(file, new WfdbAnnotations(beats, OptionalDouble.empty()));
    return beats.size();
  }

  static List<WfdbAnnotation> annotations(Collection<LabelEvent> labels, double recordRateHz) {
    Map<String, LabelEvent> distinct = new HashMap<>();
    for (LabelEvent label : labels) {
      if (label.beatSample().isPresent()) {
        distinct.put(label.id(), label);
      }
    }
    List<WfdbAnnotation> beats = new ArrayList<>();
    for (LabelEvent label : distinct.values()) {
      double position = label.beatSample().getAsLong() * recordRateHz / label.sampleRateHz();
      beats.add(new WfdbAnnotation(Math.round(position), symbol(label), 0, 0, 0, shortened(label)));
    }
    beats.sort(Comparator.comparingLong(WfdbAnnotation::sample));
    return beats;
  }

  private static String symbol(LabelEvent label) {
    if (label.isUnclassifiable()) {
      return UNKNOWN;
    }
    if (!CLASSES.contains(label.label())) {
      throw new IllegalArgumentException(
          "label of stream "
              + label.streamId()
              + " at sample "
              + label.beatSample().orElse(-1)
              + " is '"
              + label.label()
              + "'; expected one of the AAMI beat classes N, S, V, F, Q");
    }
    return label.label();
  }

  private static String shortened(LabelEvent label) {
    String reason = label.unclassifiableReason().replaceAll("[^\\x20-\\x7e]", "?");
    return reason.substring(0, Math.min(reason.length(), WfdbAnnotation.MAXIMUM_AUXILIARY));
  }
}
