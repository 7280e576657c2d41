package io.physiowave.dashboard.server;

import io.physiowave.core.frame.SignalFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Thins one session's samples for drawing: of every bucket of samples it keeps the smallest and the
 * largest of each channel, in the order they came, so that no R peak is lost between two points.
 *
 * <p>Point {@code p} stands at sample {@code (p + 0.5) * bucketSamples / 2}. Values are whole
 * microvolts. Buckets count from sample 0, so a gap in the samples is a gap in the points. A frame
 * whose index is far ahead (a wrong bit) must be borne out by another one near it, as in the job:
 * all that follows would be older. Not safe for use by several threads.
 */
final class WaveformReducer {
  /** Marks a point whose samples were all missing. */
  static final int MISSING = Integer.MIN_VALUE;

  /** Points kept for one drain; older ones go first. 30 s at the usual 125 points a second. */
  static final int CAPACITY = 3_750;

  private static final double POINTS_PER_SECOND = 125;
  private static final double FAR_SECONDS = 30;
  private static final long NONE = -1;
  private static final int LARGEST_MICROVOLTS = 100_000_000;

  /**
   * Consecutive points.
   *
   * @param firstPoint position of the first one
   * @param microvolts {@code int[points][channels]}
   */
  record Run(long firstPoint, List<int[]> microvolts) {}

  private record Point(long position, int[] microvolts) {}

  private final int bucketSamples;
  private final double microvoltsPerUnit;
  private final int channels;
  private final long farSamples;
  private final Deque<Point> pending = new ArrayDeque<>();
  private final int[] smallest;
  private final int[] largest;
  private final int[] smallestAt;
  private final int[] largestAt;
  private long next;
  private boolean bucketEmpty = true;

  /** Where a frame from far ahead ended that nothing has borne out. */
  private long ahead = NONE;

  /** Where a frame from far behind the first one ended. */
  private long behind = NONE;

  /** Frames that lay near each other up to here. */
  private long near;

  WaveformReducer(SignalFrame first) {
    this.bucketSamples = bucketSamples(first.sampleRateHz());
    this.microvoltsPerUnit = SignalFrame.unitFactor(first.unit(), "uV");
    this.channels = first.channels().size();
    this.farSamples = (long) Math.ceil(FAR_SECONDS * first.sampleRateHz());
    this.smallest = new int[channels];
    this.largest = new int[channels];
    this.smallestAt = new int[channels];
    this.largestAt = new int[channels];
    this.next = first.firstSampleIndex();
  }

  /** Samples that make two points, at a rate in Hz. */
  static int bucketSamples(double sampleRateHz) {
    return (int) Math.max(2, Math.round(sampleRateHz / POINTS_PER_SECOND * 2));
  }

  /** Takes the samples of a frame that are not older than what came before. */
  void add(SignalFrame frame) {
    if (!isBelieved(frame)) {
      return;
    }
    if (frame.firstSampleIndex() > next) {
      closeBucket();
      next = frame.firstSampleIndex();
    }
    int from = (int) Math.min(frame.sampleCount(), next - frame.firstSampleIndex());
    for (int sample = from; sample < frame.sampleCount(); sample++) {
      addSample(frame.samples(), sample);
    }
  }

  private boolean isBelieved(SignalFrame frame) {
    long first = frame.firstSampleIndex();
    if (Math.abs(first - next) <= farSamples) {
      ahead = NONE;
      behind = NONE;
      near++;
      return true;
    }
    if (first > next) {
      boolean borneOut = ahead != NONE && Math.abs(first - ahead) <= farSamples;
      ahead = borneOut ? NONE : first + frame.sampleCount();
      return borneOut;
    }
    if (near > 1) {
      return false;
    }
    // What one frame alone has said is as likely to be the wrong index, and this one, too: it may
    // be of long ago, sent late. A second one near either of them tells.
    boolean borneOut = behind != NONE && Math.abs(first - behind) <= farSamples;
    if (!borneOut) {
      behind = first + frame.sampleCount();
      return false;
    }
    pending.clear();
    bucketEmpty = true;
    next = first;
    near = 2;
    return true;
  }

  private void addSample(float[][] samples, int sample) {
    if (bucketEmpty) {
      Arrays.fill(smallest, Integer.MAX_VALUE);
      Arrays.fill(largest, MISSING);
      bucketEmpty = false;
    }
    int within = (int) (next % bucketSamples);
    for (int channel = 0; channel < channels; channel++) {
      double microvolts = samples[channel][sample] * microvoltsPerUnit;
      if (Double.isNaN(microvolts)) {
        continue;
      }
      int value =
          (int) Math.round(Math.max(-LARGEST_MICROVOLTS, Math.min(LARGEST_MICROVOLTS, microvolts)));
      if (value < smallest[channel]) {
        smallest[channel] = value;
        smallestAt[channel] = within;
      }
      if (value > largest[channel]) {
        largest[channel] = value;
        largestAt[channel] = within;
      }
    }
    next++;
    if (next % bucketSamples == 0) {
      closeBucket();
    }
  }

  private void closeBucket() {
    if (bucketEmpty) {
      return;
    }
    bucketEmpty = true;
    int[] earlier = new int[channels];
    int[] later = new int[channels];
    for (int channel = 0; channel < channels; channel++) {
      boolean fell = largestAt[channel] < smallestAt[channel];
      int low = largest[channel] == MISSING ? MISSING : smallest[channel];
      earlier[channel] = fell ? largest[channel] : low;
      later[channel] = fell ? low : largest[channel];
    }
    long position = (next - 1) / bucketSamples * 2;
    pending.add(new Point(position, earlier));
    pending.add(new Point(position + 1, later));
    while (pending.size() > CAPACITY) {
      pending.remove();
    }
  }

  /** Takes the points gathered since the last call, split where samples are missing. */
  List<Run> drain() {
    List<Run> runs = new ArrayList<>();
    long expected = Long.MIN_VALUE;
    List<int[]> current = null;
    for (Point point : pending) {
      if (point.position() != expected) {
        current = new ArrayList<>();
        runs.add(new Run(point.position(), current));
      }
      current.add(point.microvolts());
      expected = point.position() + 1;
    }
    pending.clear();
    return runs;
  }
}
