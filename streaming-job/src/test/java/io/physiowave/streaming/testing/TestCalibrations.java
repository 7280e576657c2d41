package io.physiowave.streaming.testing;

import io.physiowave.core.calibration.LabelScore;
import io.physiowave.core.calibration.StreamCalibration;
import io.physiowave.core.calibration.StreamCalibrationJson;
import io.physiowave.core.card.ModelCard;
import java.util.List;
import java.util.stream.IntStream;

/** Calibrations for {@link TestModels#emg}. */
public final class TestCalibrations {
  private TestCalibrations() {}

  /** One that says of every window that it has a label, whatever its strengths. */
  public static StreamCalibration always(String stream, String label, ModelCard card) {
    List<Double> weights = card.channels().stream().map(channel -> 0.0).toList();
    return calibration(
        stream,
        card,
        card.labels().stream()
            .map(each -> new LabelScore(each, 5, each.equals(label) ? 50 : 0, weights))
            .toList());
  }

  /** One whose scores tell strengths apart. */
  public static StreamCalibration byStrength(String stream, ModelCard card) {
    return calibration(
        stream,
        card,
        IntStream.range(0, card.labels().size())
            .mapToObj(i -> new LabelScore(card.labels().get(i), 5, 0.5 * i, weights(card, i)))
            .toList());
  }

  private static List<Double> weights(ModelCard card, int label) {
    return IntStream.range(0, card.channels().size())
        .mapToObj(channel -> 0.25 * label / (channel + 1))
        .toList();
  }

  private static StreamCalibration calibration(
      String stream, ModelCard card, List<LabelScore> labels) {
    return new StreamCalibration(
        StreamCalibration.SCHEMA,
        stream,
        card.name(),
        "2026-01-02T03:04:05Z",
        card.unit(),
        card.channels().stream().map(channel -> channel.name()).toList(),
        labels);
  }

  /** The value of its record. */
  public static byte[] record(StreamCalibration calibration) {
    return StreamCalibrationJson.encode(calibration);
  }
}
