package io.physiowave.core.arrhythmia;

import io.physiowave.core.label.LabelOrigin;
import io.physiowave.core.label.ModelReference;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Figures of an interval as they leave the job.
 *
 * @param streamId the stream
 * @param sessionId the session
 * @param model the model of the label that closed the interval
 * @param sampleRateHz the stream's rate, to which the sample positions refer
 * @param startMicros time of the interval's start, microseconds since the epoch
 * @param endMicros time of its end
 * @param figures what its beats say
 */
public record RhythmSummary(
    String streamId,
    String sessionId,
    ModelReference model,
    double sampleRateHz,
    long startMicros,
    long endMicros,
    RhythmFigures figures) {

  /** Dates figures by the label that closed their interval. */
  public static RhythmSummary of(LabelOrigin label, RhythmFigures figures) {
    return new RhythmSummary(
        label.streamId(),
        label.sessionId(),
        label.model(),
        label.sampleRateHz(),
        label.microsAt(figures.startSample()),
        label.microsAt(figures.endSample()),
        figures);
  }

  /** A name-based UUID over stream, session and interval: the same after a replay. */
  public String id() {
    String name =
        String.join(
            ":",
            Integer.toString(streamId.length()),
            streamId,
            Integer.toString(sessionId.length()),
            sessionId,
            Long.toString(figures.startSample()),
            Long.toString(figures.endSample()));
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
