package io.physiowave.connectors.recording.wfdb;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A record's header; see header(5) of the WFDB manual.
 *
 * @param name name of the record
 * @param frameRateHz frames per second
 * @param counterFrequencyHz frequency of the recording device's counter, Hz
 * @param baseCounter counter value of the first sample
 * @param frameCount frames; empty when the header does not say
 * @param baseTime time of day of the first sample, zone unknown
 * @param baseDate date of the first sample
 * @param signals the signals in order; none when the record is made of segments
 * @param segments the records that this one is made of, one after the other; none when it has its
 *     own signal files
 * @param comments the comment lines after the signals, without their {@code #}
 */
public record WfdbHeader(
    String name,
    double frameRateHz,
    double counterFrequencyHz,
    double baseCounter,
    OptionalLong frameCount,
    Optional<LocalTime> baseTime,
    Optional<LocalDate> baseDate,
    List<WfdbSignal> signals,
    List<WfdbSegment> segments,
    List<String> comments) {

  /** Frame rate that a header means when it gives none, Hz. */
  public static final double DEFAULT_FRAME_RATE_HZ = 250;

  public WfdbHeader {
    signals = List.copyOf(signals);
    segments = List.copyOf(segments);
    comments = List.copyOf(comments);
  }

  /**
   * Time of the first sample when both date and time are known. Headers name no zone: UTC is
   * assumed.
   */
  public Optional<Instant> startTime() {
    return baseDate.flatMap(
        date -> baseTime.map(time -> date.atTime(time).toInstant(ZoneOffset.UTC)));
  }
}
