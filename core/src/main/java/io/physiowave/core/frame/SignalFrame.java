package io.physiowave.core.frame;

import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A run of consecutive samples of one stream, decoded to its physical unit.
 *
 * <p>The position of a sample is its index within the session; the clocks only date it. The sample
 * array is handed over, not copied: neither the giver nor a reader may write to it afterwards.
 *
 * @param streamId the device's stream, the Kafka key; not blank, at most 200 characters
 * @param sessionId one uninterrupted count of samples; not blank, at most 200 characters
 * @param modality kind of signal
 * @param firstSampleIndex index of the first sample within the session, 0 to {@value
 *     #MAXIMUM_SAMPLE_INDEX}
 * @param deviceTimeMicros device clock at the first sample, microseconds since the epoch; 0 unknown
 * @param gatewayTimeMicros gateway clock at sending, microseconds since the epoch; 0 unknown
 * @param sampleRateHz nominal rate, Hz, in (0, 100000]
 * @param channels channel names in order, 1 to 256, unique, each at most 200 characters
 * @param unit physical unit of the samples: V, mV or uV
 * @param samples {@code float[channels][samples]}; every channel has the same length; may hold NaN
 * @param leadOff channels whose electrode is off, by channel position
 * @param endOfSession true on the session's last frame
 */
public record SignalFrame(
    String streamId,
    String sessionId,
    Modality modality,
    long firstSampleIndex,
    long deviceTimeMicros,
    long gatewayTimeMicros,
    double sampleRateHz,
    List<String> channels,
    String unit,
    float[][] samples,
    BitSet leadOff,
    boolean endOfSession) {

  /** Units a frame may carry. */
  public static final Set<String> UNITS = Set.of("V", "mV", "uV");

  /** Most samples per channel a frame may carry: a minute at 1 kHz. */
  public static final int MAXIMUM_SAMPLES = 60_000;

  /** Largest index of a sample: 34 years at 1 kHz. */
  public static final long MAXIMUM_SAMPLE_INDEX = 1L << 40;

  private static final int MAXIMUM_NAME_LENGTH = 200;

  public SignalFrame {
    requireName("stream_id", streamId);
    requireName("session_id", sessionId);
    Objects.requireNonNull(modality, "modality");
    if (firstSampleIndex < 0 || firstSampleIndex > MAXIMUM_SAMPLE_INDEX) {
      throw new InvalidFrameException(
          "first_sample_index is " + firstSampleIndex + "; expected 0 to " + MAXIMUM_SAMPLE_INDEX);
    }
    if (!(sampleRateHz > 0 && sampleRateHz <= 100_000)) {
      throw new InvalidFrameException(
          "sample_rate_hz is " + sampleRateHz + "; expected more than 0 and at most 100000");
    }
    channels = List.copyOf(channels);
    if (channels.isEmpty() || channels.size() > 256) {
      throw new InvalidFrameException(
          "channels has " + channels.size() + " names; expected 1 to 256");
    }
    channels.forEach(SignalFrame::requireShort);
    if (Set.copyOf(channels).size() != channels.size()) {
      throw new InvalidFrameException("channels " + channels + " repeats a name");
    }
    if (!UNITS.contains(unit)) {
      throw new InvalidFrameException(
          "unit is '" + JsonValues.shortened(unit) + "'; expected one of V, mV, uV");
    }
    requireSamples(samples, channels.size());
    leadOff = (BitSet) leadOff.clone();
    if (leadOff.length() > channels.size()) {
      throw new InvalidFrameException(
          "lead_off names channel position "
              + (leadOff.length() - 1)
              + "; the frame has "
              + channels.size()
              + " channels");
    }
  }

  private static void requireName(String field, String value) {
    if (value == null || value.isBlank()) {
      throw new InvalidFrameException(field + " is missing; expected a name that is not blank");
    }
    if (value.length() > MAXIMUM_NAME_LENGTH) {
      throw new InvalidFrameException(
          field + " has " + value.length() + " characters; expected at most 200");
    }
  }

  /** Every stream's layout is remembered, so that its names must not be long. */
  private static void requireShort(String channel) {
    if (channel.length() > MAXIMUM_NAME_LENGTH) {
      throw new InvalidFrameException(
          "channels holds a name of "
              + channel.length()
              + " characters; expected at most "
              + MAXIMUM_NAME_LENGTH);
    }
  }

  private static void requireSamples(float[][] samples, int channels) {
    if (samples.length != channels) {
      throw new InvalidFrameException(
          "samples holds " + samples.length + " channels; expected " + channels);
    }
    int length = samples[0].length;
    for (float[] channel : samples) {
      if (channel.length != length) {
        throw new InvalidFrameException(
            "samples holds channels of " + length + " and " + channel.length + " samples");
      }
    }
    if (length > MAXIMUM_SAMPLES) {
      throw new InvalidFrameException(
          "the frame holds "
              + length
              + " samples a channel; expected at most "
              + MAXIMUM_SAMPLES
              + ": send shorter frames");
    }
  }

  /** Samples per channel. */
  public int sampleCount() {
    return samples[0].length;
  }

  /** Index one past the last sample. */
  public long endSampleIndex() {
    return firstSampleIndex + sampleCount();
  }

  /** Lead-off flags; a copy. */
  @Override
  public BitSet leadOff() {
    return (BitSet) leadOff.clone();
  }

  /**
   * Factor from this frame's unit to another.
   *
   * @param targetUnit V, mV or uV
   * @throws IllegalArgumentException for any other unit
   */
  public static double unitFactor(String unit, String targetUnit) {
    return volts(unit) / volts(targetUnit);
  }

  private static double volts(String unit) {
    return switch (unit) {
      case "V" -> 1.0;
      case "mV" -> 1e-3;
      case "uV" -> 1e-6;
      default ->
          throw new IllegalArgumentException(
              "unit '" + unit + "' is unknown; expected one of V, mV, uV");
    };
  }
}
