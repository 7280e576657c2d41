package io.physiowave.core.calibration;

import java.util.List;

/** Computes what a {@link StreamCalibration} adds to the logits of a window. For one thread. */
public final class CalibrationScores {
  private final ChannelStrengths strengths;
  private final float[] strengthOf;
  private final double[] offsets;

  /** {@code [labels * channels]}, row after row. */
  private final double[] weights;

  public CalibrationScores(StreamCalibration calibration) {
    int channels = calibration.channels().size();
    List<LabelScore> labels = calibration.labels();
    strengths = new ChannelStrengths(channels, calibration.unit());
    strengthOf = new float[channels];
    offsets = labels.stream().mapToDouble(LabelScore::offset).toArray();
    weights =
        labels.stream()
            .flatMap(label -> label.weights().stream())
            .mapToDouble(Double::doubleValue)
            .toArray();
  }

  /**
   * What is added to the logits.
   *
   * @param window {@code float[channels * samples]}, row after row, in the calibration's unit
   * @return {@code float[labels]}, in the order of the model's labels
   */
  public float[] of(float[] window) {
    strengths.of(window, strengthOf);
    float[] scores = new float[offsets.length];
    for (int label = 0; label < scores.length; label++) {
      double score = offsets[label];
      for (int channel = 0; channel < strengthOf.length; channel++) {
        score += weights[label * strengthOf.length + channel] * strengthOf[channel];
      }
      scores[label] = (float) score;
    }
    return scores;
  }
}
