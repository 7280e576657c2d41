package io.physiowave.core.dsp;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Finds heart beats in a stream of one or two ECG leads, with bounded delay and a state that can be
 * saved.
 */
public final class QrsDetector {
  /** Longest time between a beat and its report, seconds. */
  public static final double MAXIMUM_DELAY_SECONDS = 2.5;

  /** Usual time between a beat and its report, seconds. */
  public static final double USUAL_DELAY_SECONDS = 0.35;

  /** Receives beats in ascending order. */
  @FunctionalInterface
  public interface BeatListener {
    /**
     * A beat was found.
     *
     * @param sample the R peak's sample within the session
     * @param knownAtSample the sample at which the detector was sure
     */
    void beat(long sample, long knownAtSample);
  }

  /**
   * Starts at a sample of the session.
   *
   * @param sampleRateHz rate of the leads, Hz
   * @param leads 1 or 2
   * @param firstSampleIndex index, within the session, of the first sample that will be given
   */
  public QrsDetector(double sampleRateHz, int leads, long firstSampleIndex) {}

  /**
   * Takes samples {@code [from, to)} of every lead.
   *
   * @param samples {@code float[leads][...]}, millivolts; NaN where a lead has no signal
   */
  public void process(float[][] samples, int from, int to, BeatListener listener) {}

  /** Continues at another sample, as after a gap; what was learned of the beats is kept. */
  public void restart(long firstSampleIndex) {}

  /** Ends the stream: reports beats that are still being judged. */
  public void finish(BeatListener listener) {}

  /** Saves the state; rate and number of leads are not saved. */
  public void writeTo(DataOutput out) throws IOException {}

  /** Restores a detector of the same rate and number of leads, which continues bit for bit. */
  public static QrsDetector readFrom(double sampleRateHz, int leads, DataInput in)
      throws IOException {
    return new QrsDetector(sampleRateHz, leads, 0);
  }
}
