package io.physiowave.core.dsp;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A peak of the combined envelope that may be a beat.
 *
 * @param peak the peak, in samples of the detector
 * @param height the envelope there
 * @param slope steepest slope in the leads, relative to their averages
 * @param position the main deflection, in samples of the detector
 */
record BeatCandidate(long peak, double height, double slope, double position) {

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(peak);
    out.writeDouble(height);
    out.writeDouble(slope);
    out.writeDouble(position);
  }

  static BeatCandidate readFrom(DataInput in) throws IOException {
    return new BeatCandidate(in.readLong(), in.readDouble(), in.readDouble(), in.readDouble());
  }
}
