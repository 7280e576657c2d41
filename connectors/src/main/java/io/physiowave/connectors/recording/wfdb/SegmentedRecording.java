package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.TruncatedRecordingException;
import io.physiowave.core.frame.Modality;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A WFDB record that is made of segments, read as one: one segment's files are open at a time; gaps
 * and signals that a segment does not have are invalid samples.
 */
final class SegmentedRecording implements Recording {
  private final String name;
  private final Path headerFile;
  private final WfdbHeader header;
  private final SegmentedRecord record;
  private final RecordingOptions options;
  private final List<RecordingChannel> channels;
  private int piece = -1;
  private FrameReader frames;
  private float[] frame = new float[0];
  private long left;

  SegmentedRecording(
      String name,
      Path headerFile,
      WfdbHeader header,
      SegmentedRecord record,
      RecordingOptions options) {
    this.name = name;
    this.headerFile = headerFile;
    this.header = header;
    this.record = record;
    this.options = options;
    this.channels = channels(record);
  }

  private static List<RecordingChannel> channels(SegmentedRecord record) {
    List<RecordingChannel> channels = new ArrayList<>(WfdbChannels.of(record.signals()));
    for (int i = 0; i < channels.size(); i++) {
      RecordingChannel channel = channels.get(i);
      if (!record.hasOneScale(i)) {
        channels.set(i, new RecordingChannel(channel.name(), channel.unit(), Optional.empty()));
      }
    }
    return List.copyOf(channels);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Modality modality() {
    return options.modality().orElseGet(() -> WfdbChannels.modality(record.signals()));
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
    return OptionalLong.of(
        record.pieces().stream().mapToLong(SegmentedRecord.Piece::frameCount).sum());
  }

  @Override
  public Optional<Instant> startTime() {
    return header.startTime();
  }

  @Override
  public int read(float[][] into, int offset, int count) throws IOException {
    int done = 0;
    while (done < count) {
      if (left == 0) {
        if (!openNext()) {
          break;
        }
        continue;
      }
      int run = (int) Math.min(count - done, left);
      for (float[] channel : into) {
        Arrays.fill(channel, offset + done, offset + done + run, Float.NaN);
      }
      if (frames != null) {
        readFrames(into, offset + done, run);
      }
      left -= run;
      done += run;
    }
    return done == 0 ? -1 : done;
  }

  private void readFrames(float[][] into, int offset, int count) throws IOException {
    int[] places = record.pieces().get(piece).places();
    for (int i = 0; i < count; i++) {
      if (!frames.next(frame)) {
        throw new TruncatedRecordingException(
            record.pieces().get(piece).file() + ": ends " + (left - i) + " samples early");
      }
      for (int signal = 0; signal < places.length; signal++) {
        into[places[signal]][offset + i] = frame[signal];
      }
    }
  }

  /** Goes to the next segment or gap; false when there is none. */
  private boolean openNext() throws IOException {
    closeFrames();
    if (piece + 1 == record.pieces().size()) {
      return false;
    }
    piece++;
    SegmentedRecord.Piece next = record.pieces().get(piece);
    left = next.frameCount();
    if (!next.isGap()) {
      frames = FrameReader.open(next.header(), next.file(), options.verifyChecksums());
      frame = new float[next.places().length];
    }
    return true;
  }

  /** The annotations of the whole record; those of single segments are not read. */
  @Override
  public List<RecordingAnnotation> annotations() throws IOException {
    return WfdbRecording.annotations(headerFile, options, header.frameRateHz());
  }

  private void closeFrames() throws IOException {
    if (frames != null) {
      // One more frame than there is, so that the checksums of the segment are looked at.
      frames.next(frame);
      frames.close();
      frames = null;
    }
  }

  @Override
  public void close() throws IOException {
    if (frames != null) {
      frames.close();
      frames = null;
    }
  }
}
