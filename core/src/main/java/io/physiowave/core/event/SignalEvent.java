package io.physiowave.core.event;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.label.LabelOrigin;
import io.physiowave.core.label.ModelReference;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * An episode's onset or offset as it leaves the job.
 *
 * @param streamId the stream
 * @param sessionId the session
 * @param modality kind of signal
 * @param model the model of the label that made the event
 * @param sampleRateHz the stream's rate, to which the sample positions refer
 * @param episode what is told
 * @param onsetMicros time of the onset, microseconds since the epoch
 * @param offsetMicros time of the offset; only at the end
 */
public record SignalEvent(
    String streamId,
    String sessionId,
    Modality modality,
    ModelReference model,
    double sampleRateHz,
    Episode episode,
    long onsetMicros,
    OptionalLong offsetMicros) {
  public SignalEvent {
    Objects.requireNonNull(streamId, "streamId");
    Objects.requireNonNull(sessionId, "sessionId");
    Objects.requireNonNull(modality, "modality");
    Objects.requireNonNull(model, "model");
    if (episode.offsetSample().isPresent() != offsetMicros.isPresent()) {
      throw new IllegalArgumentException(
          "offset at sample " + episode.offsetSample() + " has time " + offsetMicros);
    }
  }

  /** Dates an episode by the label that made it. */
  public static SignalEvent of(LabelOrigin label, Episode episode) {
    return new SignalEvent(
        label.streamId(),
        label.sessionId(),
        label.modality(),
        label.model(),
        label.sampleRateHz(),
        episode,
        label.microsAt(episode.onsetSample()),
        episode.offsetSample().isPresent()
            ? OptionalLong.of(label.microsAt(episode.offsetSample().getAsLong()))
            : OptionalLong.empty());
  }

  /** A name-based UUID over stream, session, kind, label and onset: the same after a replay. */
  public String episodeId() {
    return uuid("");
  }

  /** The same for onset and offset apart. */
  public String id() {
    return uuid(episode.phase().name());
  }

  private String uuid(String phase) {
    String name =
        String.join(
            ":",
            Integer.toString(streamId.length()),
            streamId,
            Integer.toString(sessionId.length()),
            sessionId,
            episode.kind(),
            episode.label(),
            Long.toString(episode.onsetSample()),
            phase);
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
