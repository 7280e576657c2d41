package io.physiowave.connectors.recording;

import io.physiowave.core.frame.Modality;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One session of samples, read from its start to its end in chunks.
 *
 * <p>Memory is bounded by the chunk, whatever the length of the recording. A recording has one
 * reader: it is not safe for use by several threads at once.
 */
public interface Recording extends AutoCloseable {

  /** Name within its data set, e.g. {@code 208} or {@code 01/1_raw_data_13-12_22.03.16}. */
  String name();

  /** Kind of signal. */
  Modality modality();

  /** Samples per second of every channel, Hz, more than 0. */
  double sampleRateHz();

  /** The channels in order, at least one. */
  List<RecordingChannel> channels();

  /** Samples per channel; empty when the source does not say or never ends. */
  OptionalLong sampleCount();

  /** Time of the first sample, where the recording tells it. */
  Optional<Instant> startTime();

  /**
   * Reads the next samples.
   *
   * @param into {@code float[channels][]}; channel {@code c} receives its samples, in the unit of
   *     {@code channels().get(c)}, at {@code into[c][offset]} and after; NaN marks an invalid
   *     sample
   * @param offset first position written, 0 or more
   * @param count samples wanted per channel, 1 or more
   * @return samples read per channel, 1 to {@code count}, or -1 at the end; less than {@code count}
   *     only when the recording ends there
   * @throws RecordingException when the recording is damaged; the message says where and how
   */
  int read(float[][] into, int offset, int count) throws IOException;

  /**
   * What experts, a protocol or a simulation say about the samples, ordered by start sample; empty
   * when there is nothing.
   *
   * @throws RecordingException when the annotations are damaged
   */
  List<RecordingAnnotation> annotations() throws IOException;

  @Override
  void close() throws IOException;
}
