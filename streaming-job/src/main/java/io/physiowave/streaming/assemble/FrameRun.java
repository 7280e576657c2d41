package io.physiowave.streaming.assemble;

import io.physiowave.streaming.decode.ArrivedFrame;
import java.util.List;

/**
 * Frames that wait and lie near each other.
 *
 * <p>Far ahead of its session, a frame alone may be a mistake of its device, an index with a wrong
 * bit for example: to go on with it would make all that the device really sends late for good. What
 * comes after an outage is far ahead, too, and comes as a run.
 *
 * @param frames one or more, in order
 * @param isNear whether they lie near the session's next sample
 */
record FrameRun(List<ArrivedFrame> frames, boolean isNear) {

  /** Whether the session may go on with the run, whatever is missing before it. */
  boolean isBorneOut() {
    return isNear || frames.size() > 1;
  }

  long firstSample() {
    return frames.get(0).frame().firstSampleIndex();
  }

  /** Arrival of the frame that has waited longest. */
  long earliestArrivalMillis() {
    long earliest = Long.MAX_VALUE;
    for (ArrivedFrame frame : frames) {
      earliest = Math.min(earliest, frame.record().arrivalMillis());
    }
    return earliest;
  }

  /** Arrival of the frame that came last. */
  long latestArrivalMillis() {
    long latest = Long.MIN_VALUE;
    for (ArrivedFrame frame : frames) {
      latest = Math.max(latest, frame.record().arrivalMillis());
    }
    return latest;
  }
}
