package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.recording.DigitalScale;
import java.util.OptionalInt;

/**
 * One signal line of a header; see header(5) of the WFDB manual.
 *
 * @param fileName signal file, beside the header
 * @param format how the file packs samples
 * @param samplesPerFrame samples of this signal in each frame, 1 or more
 * @param skewFrames frames by which this signal's samples come late in the file, 0 or more; a
 *     header counts samples, and the nearest number of frames is taken, as by the WFDB library
 * @param byteOffset where the samples start in the file
 * @param gain digital steps per physical unit, not 0
 * @param baseline digital value of physical 0
 * @param unit physical unit
 * @param resolutionBits bits of the digitiser; 0 unknown
 * @param zero digital value at the middle of the digitiser's range
 * @param initialValue digital value of the first sample
 * @param checksum 16-bit signed sum of all samples; empty when the header has none
 * @param blockSize block size of the file, usually 0
 * @param description name of the lead; may be empty
 */
public record WfdbSignal(
    String fileName,
    SignalFormat format,
    int samplesPerFrame,
    int skewFrames,
    long byteOffset,
    double gain,
    int baseline,
    String unit,
    int resolutionBits,
    int zero,
    int initialValue,
    OptionalInt checksum,
    int blockSize,
    String description) {

  /** Gain that a header means when it gives none. */
  public static final double DEFAULT_GAIN = 200;

  /** Physical value of a raw sample. */
  public double physical(double raw) {
    return (raw - baseline) / gain;
  }

  /** The same mapping as gain and offset. */
  public DigitalScale scale() {
    return new DigitalScale(1 / gain, -baseline / gain);
  }
}
