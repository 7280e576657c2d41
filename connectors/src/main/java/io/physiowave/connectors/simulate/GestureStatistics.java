package io.physiowave.connectors.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * What surface EMG of the forearm looks like for each gesture, as a resource of this package holds
 * it.
 *
 * @param source where the figures come from
 * @param sampleRateHz rate at which the waveforms were described
 * @param stepVolts digital step of the armband, V
 * @param limitVolts largest value of the armband, V
 * @param gestures one entry a gesture
 */
record GestureStatistics(
    String source,
    double sampleRateHz,
    double stepVolts,
    double limitVolts,
    List<Gesture> gestures) {

  private static final String RESOURCE = "gesture-statistics.json";

  GestureStatistics {
    gestures = List.copyOf(gestures);
  }

  /**
   * One gesture.
   *
   * @param code class in the data set
   * @param logRms natural logarithm of each channel's RMS in V, median over subjects
   * @param correlation {@code [channels][channels]} correlation of the waveforms
   * @param autoregression a_k of x[n] = sum a_k x[n-k] + e[n]: the common spectrum
   * @param innovationVariance variance of e for x of unit power
   */
  record Gesture(
      int code,
      double[] logRms,
      double[][] correlation,
      double[] autoregression,
      double innovationVariance) {}

  /** The statistics that come with this software. */
  static GestureStatistics load() {
    try (InputStream in = GestureStatistics.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the jar");
      }
      return new ObjectMapper().readValue(in, GestureStatistics.class);
    } catch (IOException e) {
      throw new IllegalStateException(RESOURCE + " cannot be read", e);
    }
  }

  /** The entry of a gesture. */
  Gesture gesture(int code) {
    return gestures.stream()
        .filter(gesture -> gesture.code() == code)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "gesture code is "
                        + code
                        + "; expected one of "
                        + gestures.stream().map(Gesture::code).toList()));
  }
}
