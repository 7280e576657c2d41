package io.physiowave.core.label;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.quality.SignalQuality;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What the job says about one window or one beat.
 *
 * @param id see {@link LabelIdentity}: the same for the same window after a replay
 * @param streamId the stream
 * @param sessionId the session
 * @param modality kind of signal
 * @param model the model that answered
 * @param sampleRateHz the stream's rate, to which the sample positions refer
 * @param windowStartSample first sample of the window, in samples of the stream
 * @param windowEndSample one past the last sample
 * @param windowStartMicros time of the first sample, microseconds since the epoch
 * @param windowEndMicros time of the end, microseconds since the epoch
 * @param beatSample the beat's own sample, for beat labels
 * @param label one of the model's labels, or {@link #UNCLASSIFIABLE}
 * @param probability of the label, in [0, 1]; 0 for UNCLASSIFIABLE
 * @param probabilities the model's answer for this window alone, by label in the card's order;
 *     empty when the model was not asked
 * @param labelNames what a person calls these labels, by label; empty when the model's card names
 *     none, or the model was not asked
 * @param quality verdict on the signal
 * @param unclassifiableReason why the label is UNCLASSIFIABLE; empty otherwise
 * @param timing stations passed
 * @param calibration id of the wearer's calibration that took part, see {@link
 *     io.physiowave.core.calibration.StreamCalibrationJson#id}; empty without one
 */
public record LabelEvent(
    String id,
    String streamId,
    String sessionId,
    Modality modality,
    ModelReference model,
    double sampleRateHz,
    long windowStartSample,
    long windowEndSample,
    long windowStartMicros,
    long windowEndMicros,
    OptionalLong beatSample,
    String label,
    float probability,
    Map<String, Float> probabilities,
    Map<String, String> labelNames,
    SignalQuality quality,
    String unclassifiableReason,
    LabelTiming timing,
    String calibration) {

  /** The label of a window about which nothing can honestly be said. */
  public static final String UNCLASSIFIABLE = "UNCLASSIFIABLE";

  public LabelEvent {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(streamId, "streamId");
    Objects.requireNonNull(sessionId, "sessionId");
    Objects.requireNonNull(modality, "modality");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(beatSample, "beatSample");
    Objects.requireNonNull(quality, "quality");
    Objects.requireNonNull(timing, "timing");
    Objects.requireNonNull(calibration, "calibration");
    if (windowEndSample <= windowStartSample) {
      throw new IllegalArgumentException(
          "window [" + windowStartSample + ", " + windowEndSample + ") is empty");
    }
    if (!(probability >= 0 && probability <= 1.0001f)) {
      throw new IllegalArgumentException(
          "probability is " + probability + "; expected 0 to 1 for label " + label);
    }
    if (label.equals(UNCLASSIFIABLE) == unclassifiableReason.isEmpty()) {
      throw new IllegalArgumentException(
          "label " + label + " with unclassifiable reason '" + unclassifiableReason + "'");
    }
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    labelNames = Map.copyOf(labelNames);
    if (!probabilities.keySet().containsAll(labelNames.keySet())) {
      throw new IllegalArgumentException(
          "names " + labelNames + "; expected some for labels of " + probabilities.keySet());
    }
  }

  /** What a person calls the label: its name, or the label itself where it has none. */
  public String labelName() {
    return labelNames.getOrDefault(label, label);
  }

  /** Whether the job declined to answer. */
  public boolean isUnclassifiable() {
    return label.equals(UNCLASSIFIABLE);
  }
}
