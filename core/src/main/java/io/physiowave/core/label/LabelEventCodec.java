package io.physiowave.core.label;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.quality.SignalQuality;
import io.physiowave.core.wire.ClassProbability;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Between {@link LabelEvent} and its protobuf and JSON forms. */
public final class LabelEventCodec {
  private LabelEventCodec() {}

  /** Protobuf bytes. */
  public static byte[] encode(LabelEvent event) {
    return toMessage(event).toByteArray();
  }

  /**
   * Decodes protobuf bytes.
   *
   * @throws IllegalArgumentException when the bytes are not a label event
   */
  public static LabelEvent decode(byte[] bytes) {
    try {
      return fromMessage(io.physiowave.core.wire.LabelEvent.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "the " + bytes.length + " bytes are not a protobuf LabelEvent: " + e.getMessage(), e);
    }
  }

  /** Protobuf's JSON form, on one line. */
  public static String toJson(LabelEvent event) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(toMessage(event));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a LabelEvent message always has a JSON form", e);
    }
  }

  /**
   * Parses protobuf's JSON form.
   *
   * @throws IllegalArgumentException when the text is not a label event
   */
  public static LabelEvent fromJson(String json) {
    var builder = io.physiowave.core.wire.LabelEvent.newBuilder();
    try {
      JsonFormat.parser().merge(json, builder);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "the text is not the JSON form of a LabelEvent: " + e.getMessage(), e);
    }
    return fromMessage(builder.build());
  }

  private static io.physiowave.core.wire.LabelEvent toMessage(LabelEvent event) {
    var builder =
        io.physiowave.core.wire.LabelEvent.newBuilder()
            .setId(event.id())
            .setStreamId(event.streamId())
            .setSessionId(event.sessionId())
            .setModality(io.physiowave.core.wire.Modality.valueOf(event.modality().name()))
            .setModel(
                io.physiowave.core.wire.ModelReference.newBuilder()
                    .setName(event.model().name())
                    .setVersion(event.model().version())
                    .setSha256(event.model().sha256()))
            .setSampleRateHz(event.sampleRateHz())
            .setWindowStartSample(event.windowStartSample())
            .setWindowEndSample(event.windowEndSample())
            .setWindowStartMicros(event.windowStartMicros())
            .setWindowEndMicros(event.windowEndMicros())
            .setLabel(event.label())
            .setProbability(event.probability())
            .setQuality(
                io.physiowave.core.wire.SignalQuality.newBuilder()
                    .setLevel(
                        io.physiowave.core.wire.QualityLevel.valueOf(
                            event.quality().level().name()))
                    .setReason(event.quality().reason()))
            .setUnclassifiableReason(event.unclassifiableReason())
            .setCalibration(event.calibration())
            .setTiming(
                io.physiowave.core.wire.LabelTiming.newBuilder()
                    .setLastSampleArrivalMicros(event.timing().lastSampleArrivalMicros())
                    .setAssembledMicros(event.timing().assembledMicros())
                    .setInferredMicros(event.timing().inferredMicros())
                    .setEmittedMicros(event.timing().emittedMicros())
                    .setTraceparent(event.timing().traceparent()));
    if (event.beatSample().isPresent()) {
      long beat = event.beatSample().getAsLong();
      builder.setBeatSample(beat);
      builder.setBeatMicros(
          event.windowStartMicros()
              + Math.round((beat - event.windowStartSample()) * 1e6 / event.sampleRateHz()));
    }
    event
        .probabilities()
        .forEach(
            (label, probability) ->
                builder.addProbabilities(
                    ClassProbability.newBuilder()
                        .setLabel(label)
                        .setProbability(probability)
                        .setName(event.labelNames().getOrDefault(label, ""))));
    return builder.build();
  }

  private static LabelEvent fromMessage(io.physiowave.core.wire.LabelEvent message) {
    Map<String, Float> probabilities = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    for (ClassProbability entry : message.getProbabilitiesList()) {
      probabilities.put(entry.getLabel(), entry.getProbability());
      if (!entry.getName().isEmpty()) {
        names.put(entry.getLabel(), entry.getName());
      }
    }
    return new LabelEvent(
        message.getId(),
        message.getStreamId(),
        message.getSessionId(),
        Modality.valueOf(message.getModality().name()),
        new ModelReference(
            message.getModel().getName(),
            message.getModel().getVersion(),
            message.getModel().getSha256()),
        message.getSampleRateHz(),
        message.getWindowStartSample(),
        message.getWindowEndSample(),
        message.getWindowStartMicros(),
        message.getWindowEndMicros(),
        message.hasBeatSample() ? OptionalLong.of(message.getBeatSample()) : OptionalLong.empty(),
        message.getLabel(),
        message.getProbability(),
        probabilities,
        names,
        new SignalQuality(
            QualityLevel.valueOf(message.getQuality().getLevel().name()),
            message.getQuality().getReason()),
        message.getUnclassifiableReason(),
        new LabelTiming(
            message.getTiming().getLastSampleArrivalMicros(),
            message.getTiming().getAssembledMicros(),
            message.getTiming().getInferredMicros(),
            message.getTiming().getEmittedMicros(),
            message.getTiming().getTraceparent()),
        message.getCalibration());
  }
}
