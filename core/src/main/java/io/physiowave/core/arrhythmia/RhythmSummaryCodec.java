package io.physiowave.core.arrhythmia;

import com.google.protobuf.InvalidProtocolBufferException;
import io.physiowave.core.label.ModelReference;
import java.util.Set;

/** Between {@link RhythmSummary} and its protobuf form. */
public final class RhythmSummaryCodec {
  private RhythmSummaryCodec() {}

  /** Protobuf bytes. */
  public static byte[] encode(RhythmSummary summary) {
    RhythmFigures figures = summary.figures();
    return io.physiowave.core.wire.RhythmSummary.newBuilder()
        .setId(summary.id())
        .setStreamId(summary.streamId())
        .setSessionId(summary.sessionId())
        .setModel(
            io.physiowave.core.wire.ModelReference.newBuilder()
                .setName(summary.model().name())
                .setVersion(summary.model().version())
                .setSha256(summary.model().sha256()))
        .setSampleRateHz(summary.sampleRateHz())
        .setStartSample(figures.startSample())
        .setEndSample(figures.endSample())
        .setStartMicros(summary.startMicros())
        .setEndMicros(summary.endMicros())
        .setBeats(figures.beats())
        .setSupraventricularBeats(figures.supraventricular())
        .setVentricularBeats(figures.ventricular())
        .setFusionBeats(figures.fusion())
        .setUnclassifiableBeats(figures.unknown())
        .setRrIntervals(figures.rrIntervals())
        .setMeanRrMillis(figures.meanRrMillis())
        .setRatePerMinute(figures.ratePerMinute())
        .setNnIntervals(figures.nnIntervals())
        .setSdnnMillis(figures.sdnnMillis())
        .setRmssdMillis(figures.rmssdMillis())
        .setPnn50(figures.pnn50())
        .setCoefficientOfVariation(figures.coefficientOfVariation())
        .addAllEpisodes(figures.episodes())
        .build()
        .toByteArray();
  }

  /**
   * Decodes protobuf bytes.
   *
   * @throws IllegalArgumentException when the bytes are not a summary
   */
  public static RhythmSummary decode(byte[] bytes) {
    io.physiowave.core.wire.RhythmSummary message;
    try {
      message = io.physiowave.core.wire.RhythmSummary.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "the " + bytes.length + " bytes are not a protobuf RhythmSummary: " + e.getMessage(), e);
    }
    return new RhythmSummary(
        message.getStreamId(),
        message.getSessionId(),
        new ModelReference(
            message.getModel().getName(),
            message.getModel().getVersion(),
            message.getModel().getSha256()),
        message.getSampleRateHz(),
        message.getStartMicros(),
        message.getEndMicros(),
        new RhythmFigures(
            message.getStartSample(),
            message.getEndSample(),
            message.getBeats(),
            message.getSupraventricularBeats(),
            message.getVentricularBeats(),
            message.getFusionBeats(),
            message.getUnclassifiableBeats(),
            message.getRrIntervals(),
            message.getMeanRrMillis(),
            message.getNnIntervals(),
            message.getSdnnMillis(),
            message.getRmssdMillis(),
            message.getPnn50(),
            message.getCoefficientOfVariation(),
            Set.copyOf(message.getEpisodesList())));
  }
}
