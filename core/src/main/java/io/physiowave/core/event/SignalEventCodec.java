package io.physiowave.core.event;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.label.ModelReference;
import java.util.OptionalLong;

/** Between {@link SignalEvent} and its protobuf and JSON forms. */
public final class SignalEventCodec {
  private SignalEventCodec() {}

  /** Protobuf bytes. */
  public static byte[] encode(SignalEvent event) {
    return toMessage(event).toByteArray();
  }

  /** Protobuf's JSON form, on one line. */
  public static String toJson(SignalEvent event) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(toMessage(event));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a SignalEvent message always has a JSON form", e);
    }
  }

  private static io.physiowave.core.wire.SignalEvent toMessage(SignalEvent event) {
    Episode episode = event.episode();
    var builder =
        io.physiowave.core.wire.SignalEvent.newBuilder()
            .setId(event.id())
            .setEpisodeId(event.episodeId())
            .setStreamId(event.streamId())
            .setSessionId(event.sessionId())
            .setModality(io.physiowave.core.wire.Modality.valueOf(event.modality().name()))
            .setModel(
                io.physiowave.core.wire.ModelReference.newBuilder()
                    .setName(event.model().name())
                    .setVersion(event.model().version())
                    .setSha256(event.model().sha256()))
            .setKind(episode.kind())
            .setLabel(episode.label())
            .setLabelName(episode.labelName())
            .setPhase(io.physiowave.core.wire.EventPhase.valueOf(episode.phase().name()))
            .setSampleRateHz(event.sampleRateHz())
            .setOnsetSample(episode.onsetSample())
            .setOnsetMicros(event.onsetMicros())
            .setConfidence(episode.confidence())
            .setCount(episode.count())
            .setRatePerMinute(episode.ratePerMinute());
    episode.offsetSample().ifPresent(builder::setOffsetSample);
    event.offsetMicros().ifPresent(builder::setOffsetMicros);
    return builder.build();
  }

  /**
   * Decodes protobuf bytes.
   *
   * @throws IllegalArgumentException when the bytes are not an event
   */
  public static SignalEvent decode(byte[] bytes) {
    io.physiowave.core.wire.SignalEvent message;
    try {
      message = io.physiowave.core.wire.SignalEvent.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "the " + bytes.length + " bytes are not a protobuf SignalEvent: " + e.getMessage(), e);
    }
    return fromMessage(message);
  }

  /**
   * Parses protobuf's JSON form.
   *
   * @throws IllegalArgumentException when the text is not an event
   */
  public static SignalEvent fromJson(String json) {
    var builder = io.physiowave.core.wire.SignalEvent.newBuilder();
    try {
      JsonFormat.parser().merge(json, builder);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "the text is not the JSON form of a SignalEvent: " + e.getMessage(), e);
    }
    return fromMessage(builder.build());
  }

  private static SignalEvent fromMessage(io.physiowave.core.wire.SignalEvent message) {
    return new SignalEvent(
        message.getStreamId(),
        message.getSessionId(),
        Modality.valueOf(message.getModality().name()),
        new ModelReference(
            message.getModel().getName(),
            message.getModel().getVersion(),
            message.getModel().getSha256()),
        message.getSampleRateHz(),
        new Episode(
            message.getKind(),
            message.getLabel(),
            message.getLabelName(),
            EventPhase.valueOf(message.getPhase().name()),
            message.getOnsetSample(),
            message.hasOffsetSample()
                ? OptionalLong.of(message.getOffsetSample())
                : OptionalLong.empty(),
            message.getConfidence(),
            message.getCount(),
            message.getRatePerMinute()),
        message.getOnsetMicros(),
        message.hasOffsetMicros()
            ? OptionalLong.of(message.getOffsetMicros())
            : OptionalLong.empty());
  }
}
