package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.recording.ChecksumException;
import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.TruncatedRecordingException;
import io.physiowave.connectors.recording.UnsupportedRecordingException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The frames of a record, gathered from its signal files: skews taken out, checksums verified once
 * the last frame was read.
 */
final class FrameReader implements Closeable {
  private final WfdbHeader header;
  private final Path headerFile;
  private final boolean verifyChecksums;
  private final List<SignalFile> files;

  /** The latest frames of the files, so that each signal is taken from its own. */
  private final float[][] recent;

  private final int largestSkew;
  private long framesTaken;
  private long framesRead;
  private boolean ended;

  private FrameReader(
      WfdbHeader header, Path headerFile, boolean verifyChecksums, List<SignalFile> files) {
    this.header = header;
    this.headerFile = headerFile;
    this.verifyChecksums = verifyChecksums;
    this.files = files;
    this.largestSkew = header.signals().stream().mapToInt(WfdbSignal::skewFrames).max().orElse(0);
    this.recent = new float[largestSkew + 1][header.signals().size()];
  }

  static FrameReader open(WfdbHeader header, Path headerFile, boolean verifyChecksums)
      throws IOException {
    List<SignalFile> files = new ArrayList<>();
    try {
      List<WfdbSignal> signals = header.signals();
      for (int first = 0; first < signals.size(); ) {
        int end = first + 1;
        while (end < signals.size()
            && signals.get(end).fileName().equals(signals.get(first).fileName())) {
          end++;
        }
        List<WfdbSignal> group = signals.subList(first, end);
        requireReadable(group, headerFile);
        if (group.get(0).format() != SignalFormat.NONE) {
          Path file = headerFile.resolveSibling(group.get(0).fileName());
          files.add(SignalFile.open(file, group, first, header.frameCount()));
        }
        first = end;
      }
      if (files.isEmpty()) {
        throw new MalformedRecordingException(
            headerFile + ": none of its signals has samples; expected at least one signal file");
      }
      return new FrameReader(header, headerFile, verifyChecksums, files);
    } catch (IOException | RuntimeException e) {
      for (SignalFile file : files) {
        file.close();
      }
      throw e;
    }
  }

  private static void requireReadable(List<WfdbSignal> group, Path headerFile)
      throws UnsupportedRecordingException, MalformedRecordingException {
    WfdbSignal first = group.get(0);
    if (first.fileName().equals("-")) {
      throw new UnsupportedRecordingException(
          headerFile + ": signals come from standard input ('-'), which is not read");
    }
    for (WfdbSignal signal : group) {
      if (signal.format() != first.format() || signal.byteOffset() != first.byteOffset()) {
        throw new MalformedRecordingException(
            headerFile
                + ": "
                + first.fileName()
                + " has signals of format "
                + first.format().code()
                + " at byte "
                + first.byteOffset()
                + " and of format "
                + signal.format().code()
                + " at byte "
                + signal.byteOffset()
                + "; expected the same for all signals of a file");
      }
    }
  }

  /**
   * Takes the next frame.
   *
   * @param physical receives one value a signal
   * @return false after the last frame
   */
  boolean next(float[] physical) throws IOException {
    long wanted = header.frameCount().orElse(Long.MAX_VALUE);
    while (!ended && framesRead <= framesTaken + largestSkew) {
      if (framesRead == wanted || !readFrame(recent[(int) (framesRead % recent.length)])) {
        ended = true;
        verify();
      } else {
        framesRead++;
      }
    }
    if (framesTaken == framesRead) {
      return false;
    }
    for (int signal = 0; signal < physical.length; signal++) {
      long from = framesTaken + header.signals().get(signal).skewFrames();
      physical[signal] =
          from < framesRead ? recent[(int) (from % recent.length)][signal] : Float.NaN;
    }
    framesTaken++;
    return true;
  }

  private boolean readFrame(float[] physical) throws IOException {
    // Signals without samples stay so; those that have some are overwritten.
    Arrays.fill(physical, Float.NaN);
    int complete = 0;
    for (SignalFile file : files) {
      complete += file.readFrame(physical) ? 1 : 0;
    }
    if (complete != 0 && complete != files.size()) {
      throw new TruncatedRecordingException(
          headerFile
              + ": its signal files end at different samples, the first at sample "
              + framesRead
              + "; expected equal lengths");
    }
    return complete != 0;
  }

  private void verify() throws ChecksumException {
    // A header that does not count its samples may hold any checksum: header(5).
    if (!verifyChecksums || header.frameCount().isEmpty()) {
      return;
    }
    for (int signal = 0; signal < header.signals().size(); signal++) {
      WfdbSignal described = header.signals().get(signal);
      for (SignalFile file : files) {
        if (file.holds(signal)
            && described.checksum().isPresent()
            && file.checksum(signal) != (short) described.checksum().getAsInt()) {
          throw new ChecksumException(
              file.file()
                  + ": signal "
                  + signal
                  + " ("
                  + described.description()
                  + ") has checksum "
                  + file.checksum(signal)
                  + "; expected "
                  + described.checksum().getAsInt()
                  + " as in "
                  + headerFile.getFileName());
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (SignalFile file : files) {
      file.close();
    }
  }
}
