package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.core.frame.Modality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A WFDB record as a recording: one sample a frame. */
final class WfdbRecording implements Recording {
  private final String name;
  private final Path headerFile;
  private final WfdbHeader header;
  private final RecordingOptions options;
  private final List<RecordingChannel> channels;
  private final Modality modality;
  private final FrameReader frames;
  private final float[] frame;

  private WfdbRecording(
      String name,
      Path headerFile,
      WfdbHeader header,
      RecordingOptions options,
      FrameReader frames) {
    this.name = name;
    this.headerFile = headerFile;
    this.header = header;
    this.options = options;
    this.channels = WfdbChannels.of(header.signals());
    this.modality = options.modality().orElseGet(() -> WfdbChannels.modality(header.signals()));
    this.frames = frames;
    this.frame = new float[channels.size()];
  }

  static Recording open(String name, Path headerFile, RecordingOptions options) throws IOException {
    WfdbHeader header = WfdbHeaderReader.read(headerFile);
    if (!header.segments().isEmpty()) {
      return new SegmentedRecording(
          name, headerFile, header, SegmentedRecord.read(headerFile, header), options);
    }
    if (header.signals().isEmpty()) {
      throw new MalformedRecordingException(
          headerFile + ": announces no signals; expected at least one to read");
    }
    FrameReader frames = FrameReader.open(header, headerFile, options.verifyChecksums());
    return new WfdbRecording(name, headerFile, header, options, frames);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Modality modality() {
    return modality;
  }

  @Override
  public double sampleRateHz() {
    return header.frameRateHz();
  }

  @Override
  public List<RecordingChannel> channels() {
    return channels;
  }

  @Override
  public OptionalLong sampleCount() {
    return header.frameCount();
  }

  @Override
  public Optional<Instant> startTime() {
    return header.startTime();
  }

  @Override
  public int read(float[][] into, int offset, int count) throws IOException {
    int done = 0;
    while (done < count && frames.next(frame)) {
      for (int channel = 0; channel < frame.length; channel++) {
        into[channel][offset + done] = frame[channel];
      }
      done++;
    }
    return done == 0 ? -1 : done;
  }

  /** The annotations of the annotator in the options; empty when the record has no such file. */
  @Override
  public List<RecordingAnnotation> annotations() throws IOException {
    return annotations(headerFile, options, header.frameRateHz());
  }

  static List<RecordingAnnotation> annotations(
      Path headerFile, RecordingOptions options, double frameRateHz) throws IOException {
    Path file = WfdbFiles.annotationFile(headerFile, options.annotator());
    if (!Files.exists(file)) {
      return List.of();
    }
    return AnnotationReader.read(file).atRate(frameRateHz).stream()
        // A file may step back, which annotations of a recording do not.
        .sorted(Comparator.comparingLong(WfdbAnnotation::sample))
        .map(read -> RecordingAnnotation.at(read.sample(), read.symbol(), read.auxiliary()))
        .toList();
  }

  @Override
  public void close() throws IOException {
    frames.close();
  }
}
