package io.physiowave.core.dsp;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Finds heart beats in a stream of one or two ECG leads, with bounded delay and a state that can be
 * saved.
 *
 * <p>It works at {@value #RATE} Hz on the slopes between 6 and 18 Hz, averaged over 88 ms, of each
 * lead relative to its own level; two leads are combined by how far their beats stand out. Peaks at
 * least 200 ms from any higher one are judged as beats, noise or T waves. A beat is reported at its
 * main deflection in the first lead, where MIT-BIH annotations are, to the nearest sample of the
 * stream; in the second lead while the first shows no clear beats or does not move. The first two
 * seconds teach the thresholds; their beats come late.
 *
 * <p>How the samples are divided between calls does not change the beats. Values that are not
 * finite or beyond {@value #LARGEST_MILLIVOLTS} mV are replaced by the last good one; a lead
 * without any for 50 ms is left out until it has been back for 0.3 s.
 */
public final class QrsDetector {
  /** Longest time between a beat and its report, seconds. */
  public static final double MAXIMUM_DELAY_SECONDS = 2.5;

  /** Usual time between a beat and its report, seconds. */
  public static final double USUAL_DELAY_SECONDS = 0.35;

  /** Lowest rate of the leads, Hz. */
  public static final double LOWEST_RATE_HZ = 50;

  /** The rate at which it works, Hz. */
  static final int RATE = 250;

  private static final int CHUNK = 128;
  private static final double LOST_SECONDS = 0.05;

  /**
   * More than any electrode adds, which amplifiers must bear to 300 mV, and any converter gives.
   */
  private static final float LARGEST_MILLIVOLTS = 5_000;

  private static final double CLEAR_SHARE = 0.25;
  private static final long NONE = Long.MIN_VALUE;

  private final RateRatio ratio;
  private final int lostRun;
  private final QrsLead[] leads;
  private final StreamingResampler[] resamplers;
  private final float[] last;
  private final int[] run;
  private final PeakFinder peaks = new PeakFinder();
  private final BeatJudge judge = new BeatJudge(this::report);
  private final float[] held = new float[CHUNK];
  private final float[][] resampled;

  private long origin;
  private long count;
  private long firstSample;
  private long lastBeat = NONE;
  private long end = Long.MAX_VALUE;
  private BeatListener listener;

  /** Receives beats in ascending order. */
  @FunctionalInterface
  public interface BeatListener {
    /**
     * A beat was found.
     *
     * @param sample the beat's main deflection, a sample within the session
     * @param knownAtSample the last sample that the detector needed to see
     */
    void beat(long sample, long knownAtSample);
  }

  /**
   * Starts at a sample of the session.
   *
   * @param sampleRateHz rate of the leads, Hz; at least {@link #LOWEST_RATE_HZ}
   * @param leadCount 1 or 2
   * @param firstSampleIndex index, within the session, of the first sample that will be given
   */
  public QrsDetector(double sampleRateHz, int leadCount, long firstSampleIndex) {
    if (!(sampleRateHz >= LOWEST_RATE_HZ)) {
      throw new IllegalArgumentException(
          "cannot find beats at "
              + sampleRateHz
              + " Hz; expected a rate of "
              + LOWEST_RATE_HZ
              + " Hz or more");
    }
    if (leadCount < 1 || leadCount > 2) {
      throw new IllegalArgumentException(
          "beat detection was given " + leadCount + " leads; expected 1 or 2");
    }
    ratio = RateRatio.of(sampleRateHz, RATE);
    lostRun = Math.max(1, (int) Math.round(sampleRateHz * LOST_SECONDS));
    leads = new QrsLead[leadCount];
    resamplers = new StreamingResampler[leadCount];
    for (int lead = 0; lead < leadCount; lead++) {
      leads[lead] = new QrsLead();
      resamplers[lead] = new StreamingResampler(ratio, firstSampleIndex);
    }
    last = new float[leadCount];
    run = new int[leadCount];
    int ahead = resamplers[0].lookAhead() + 1;
    resampled = new float[leadCount][resamplers[0].maximumOutputs(Math.max(CHUNK, ahead)) + 1];
    begin(firstSampleIndex);
  }

  private void begin(long firstSampleIndex) {
    firstSample = firstSampleIndex;
    origin = ratio.firstOutputAtOrAfter(firstSampleIndex);
    count = 0;
    peaks.restart();
    judge.restart(0);
  }

  /**
   * Takes samples {@code [from, to)} of every lead.
   *
   * @param samples {@code float[leads][...]}, millivolts; NaN where a lead has no signal
   */
  public void process(float[][] samples, int from, int to, BeatListener listener) {
    this.listener = listener;
    int at = from;
    while (at < to) {
      int end = uniform(samples, at, Math.min(to, at + CHUNK));
      int outputs = 0;
      for (int lead = 0; lead < leads.length; lead++) {
        hold(samples[lead], at, end, lead);
        outputs = resamplers[lead].process(held, 0, end - at, resampled[lead], 0);
      }
      step(outputs);
      at = end;
    }
  }

  /** The end of the part in which no lead is lost or comes back. */
  private int uniform(float[][] samples, int from, int to) {
    int end = to;
    for (int lead = 0; lead < leads.length; lead++) {
      boolean lost = run[lead] >= lostRun;
      int length = run[lead];
      for (int i = from; i < end; i++) {
        length = isGood(samples[lead][i]) ? 0 : length + 1;
        if (length >= lostRun != lost) {
          end = Math.max(from + 1, i);
        }
      }
    }
    return end;
  }

  private static boolean isGood(float value) {
    return Math.abs(value) <= LARGEST_MILLIVOLTS;
  }

  private void hold(float[] samples, int from, int to, int lead) {
    for (int i = from; i < to; i++) {
      if (isGood(samples[i])) {
        last[lead] = samples[i];
        run[lead] = 0;
      } else if (run[lead] < lostRun) {
        run[lead]++;
      }
      held[i - from] = last[lead];
    }
  }

  private void step(int outputs) {
    for (int i = 0; i < outputs; i++) {
      double energy = 0;
      double weights = 0;
      for (int lead = 0; lead < leads.length; lead++) {
        double weight = leads[lead].weight();
        double height = weight * leads[lead].step(resampled[lead][i], run[lead] >= lostRun);
        energy += height * height;
        weights += weight * weight;
      }
      if (peaks.step(Math.sqrt(energy / weights), count)) {
        judge();
      }
      judge.tick(count);
      count++;
    }
  }

  private void judge() {
    long peak = peaks.peak();
    long from = peak - 2 * QrsFiducial.DELAY;
    long to = peak + QrsFiducial.DELAY / 4;
    double slope = 0;
    for (QrsLead lead : leads) {
      double steepest = lead.steepest(from, to);
      slope += steepest * steepest;
    }
    double position = QrsFiducial.position(leadOfPosition(from, to), peak);
    BeatCandidate candidate = new BeatCandidate(peak, peaks.height(), Math.sqrt(slope), position);
    BeatJudge.Verdict verdict = judge.judge(candidate);
    if (verdict == BeatJudge.Verdict.BEAT || verdict == BeatJudge.Verdict.NOISE) {
      for (QrsLead lead : leads) {
        lead.learn(peak, verdict == BeatJudge.Verdict.BEAT);
      }
    }
  }

  /** The first lead, as long as it has a signal in which beats stand out. */
  private QrsLead leadOfPosition(long from, long to) {
    QrsLead first = leads[0];
    QrsLead second = leads[leads.length - 1];
    boolean isClear = first.isSettled() && first.weight() >= CLEAR_SHARE * second.weight();
    return isClear && first.moves(from, to) ? first : second;
  }

  private void report(BeatCandidate beat) {
    double position = (origin + beat.position()) * ratio.down() / ratio.up();
    long sample = Math.max(firstSample, Math.round(position));
    if (sample > lastBeat && sample < end) {
      lastBeat = sample;
      long known = ratio.inputAtOrBefore(origin + count) + resamplers[0].lookAhead();
      listener.beat(sample, known);
    }
  }

  /** Continues at another sample, as after a gap; what was learned of the beats is kept. */
  public void restart(long firstSampleIndex) {
    for (int lead = 0; lead < leads.length; lead++) {
      leads[lead].restart();
      resamplers[lead].restart(firstSampleIndex);
    }
    Arrays.fill(last, 0);
    Arrays.fill(run, 0);
    begin(firstSampleIndex);
  }

  /** Ends the stretch of samples: reports beats that are still being judged. */
  public void finish(BeatListener listener) {
    this.listener = listener;
    int outputs = 0;
    for (int lead = 0; lead < leads.length; lead++) {
      outputs = resamplers[lead].finish(resampled[lead], 0);
    }
    step(outputs);
    end = ratio.inputAtOrBefore(origin + count);
    for (int lead = 0; lead < leads.length; lead++) {
      resampled[lead][0] = last[lead];
    }
    for (int i = 0; i < PeakFinder.REFRACTORY; i++) {
      step(1);
    }
    judge.finish();
    end = Long.MAX_VALUE;
  }

  /** Takes over the state of a detector of the same rate and number of leads. */
  public void copyFrom(QrsDetector other) {
    for (int lead = 0; lead < leads.length; lead++) {
      leads[lead].copyFrom(other.leads[lead]);
      resamplers[lead] = other.resamplers[lead].copy();
      last[lead] = other.last[lead];
      run[lead] = other.run[lead];
    }
    peaks.copyFrom(other.peaks);
    judge.copyFrom(other.judge);
    origin = other.origin;
    count = other.count;
    firstSample = other.firstSample;
    lastBeat = other.lastBeat;
  }

  /** Saves the state; rate and number of leads are not saved. */
  public void writeTo(DataOutput out) throws IOException {
    for (int lead = 0; lead < leads.length; lead++) {
      leads[lead].writeTo(out);
      resamplers[lead].writeTo(out);
      out.writeFloat(last[lead]);
      out.writeInt(run[lead]);
    }
    peaks.writeTo(out);
    judge.writeTo(out);
    out.writeLong(origin);
    out.writeLong(count);
    out.writeLong(firstSample);
    out.writeLong(lastBeat);
  }

  /** Restores a detector of the same rate and number of leads, which continues bit for bit. */
  public static QrsDetector readFrom(double sampleRateHz, int leadCount, DataInput in)
      throws IOException {
    QrsDetector detector = new QrsDetector(sampleRateHz, leadCount, 0);
    for (int lead = 0; lead < leadCount; lead++) {
      detector.leads[lead].restore(in);
      detector.resamplers[lead] = StreamingResampler.readFrom(detector.ratio, in);
      detector.last[lead] = in.readFloat();
      detector.run[lead] = in.readInt();
    }
    detector.peaks.restore(in);
    detector.judge.restore(in);
    detector.origin = in.readLong();
    detector.count = in.readLong();
    detector.firstSample = in.readLong();
    detector.lastBeat = in.readLong();
    return detector;
  }
}
