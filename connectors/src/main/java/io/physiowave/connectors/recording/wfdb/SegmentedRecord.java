package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.UnsupportedRecordingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The headers of a record that is made of segments, checked against each other.
 *
 * <p>In a record of fixed layout each segment has all signals in the same order. In one of variable
 * layout the first segment has no samples and names all signals; the others have any of them, found
 * by their description, in any order; several of one description keep theirs.
 *
 * @param signals the signals of the whole record
 * @param pieces what follows one after the other, gaps among it; no layout segment
 */
record SegmentedRecord(List<WfdbSignal> signals, List<Piece> pieces) {

  /**
   * One segment with samples, or a gap.
   *
   * @param header of the segment; null for a gap
   * @param file of that header; null for a gap
   * @param places position of each of its signals among those of the record
   * @param frameCount its length
   */
  record Piece(WfdbHeader header, Path file, int[] places, long frameCount) {
    boolean isGap() {
      return header == null;
    }
  }

  /**
   * Reads the headers of all segments.
   *
   * @param headerFile of the whole record
   * @throws IOException if one is missing, or they do not fit together
   */
  static SegmentedRecord read(Path headerFile, WfdbHeader record) throws IOException {
    List<WfdbSegment> segments = record.segments();
    boolean variable = segments.get(0).isLayout();
    List<WfdbSignal> signals = null;
    if (variable) {
      signals = header(headerFile, segments.get(0)).signals();
    }
    List<Piece> pieces = new ArrayList<>();
    long frames = 0;
    for (WfdbSegment segment : segments.subList(variable ? 1 : 0, segments.size())) {
      frames += segment.frameCount();
      if (segment.isGap()) {
        pieces.add(new Piece(null, null, new int[0], segment.frameCount()));
        continue;
      }
      Path file = file(headerFile, segment);
      WfdbHeader header = header(headerFile, segment);
      if (header.signals().stream().allMatch(signal -> signal.format() == SignalFormat.NONE)) {
        // A null segment: its signals have no samples, whatever it says of their rate.
        pieces.add(new Piece(null, null, new int[0], segment.frameCount()));
        continue;
      }
      requireFit(file, header, record, segment);
      if (signals == null) {
        signals = header.signals();
      }
      int[] places = variable ? byName(file, header, signals) : inOrder(file, header, signals);
      pieces.add(new Piece(header, file, places, segment.frameCount()));
    }
    if (signals == null || signals.isEmpty()) {
      throw new MalformedRecordingException(
          headerFile + ": none of its segments has a signal; expected at least one");
    }
    if (record.frameCount().isPresent() && record.frameCount().getAsLong() != frames) {
      throw new MalformedRecordingException(
          headerFile
              + ": its segments have "
              + frames
              + " samples; the record line announces "
              + record.frameCount().getAsLong());
    }
    return new SegmentedRecord(List.copyOf(signals), List.copyOf(pieces));
  }

  private static Path file(Path headerFile, WfdbSegment segment) {
    return headerFile.resolveSibling(segment.name() + ".hea");
  }

  private static WfdbHeader header(Path headerFile, WfdbSegment segment) throws IOException {
    Path file = file(headerFile, segment);
    WfdbHeader header = WfdbHeaderReader.read(file);
    if (!header.segments().isEmpty()) {
      throw new UnsupportedRecordingException(
          file + ": a segment of " + headerFile.getFileName() + " that has segments itself");
    }
    return header;
  }

  private static void requireFit(
      Path file, WfdbHeader header, WfdbHeader record, WfdbSegment segment)
      throws MalformedRecordingException {
    if (header.frameRateHz() != record.frameRateHz()) {
      throw new MalformedRecordingException(
          file
              + ": sampling frequency is "
              + header.frameRateHz()
              + "; expected "
              + record.frameRateHz()
              + " as in the record "
              + record.name());
    }
    if (header.frameCount().orElse(segment.frameCount()) != segment.frameCount()) {
      throw new MalformedRecordingException(
          file
              + ": number of samples is "
              + header.frameCount().getAsLong()
              + "; expected "
              + segment.frameCount()
              + " as in the record "
              + record.name());
    }
  }

  private static int[] inOrder(Path file, WfdbHeader header, List<WfdbSignal> signals)
      throws MalformedRecordingException {
    if (header.signals().size() != signals.size()) {
      throw new MalformedRecordingException(
          file
              + ": has "
              + header.signals().size()
              + " signals; expected "
              + signals.size()
              + " as in the first segment");
    }
    int[] places = new int[signals.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = i;
      requireUnit(file, header.signals().get(i), signals.get(i));
    }
    return places;
  }

  private static int[] byName(Path file, WfdbHeader header, List<WfdbSignal> signals)
      throws MalformedRecordingException {
    Map<String, Deque<Integer>> free = new LinkedHashMap<>();
    for (int i = 0; i < signals.size(); i++) {
      free.computeIfAbsent(signals.get(i).description(), name -> new ArrayDeque<>()).add(i);
    }
    int[] places = new int[header.signals().size()];
    for (int i = 0; i < places.length; i++) {
      WfdbSignal signal = header.signals().get(i);
      Deque<Integer> left = free.get(signal.description());
      if (left == null || left.isEmpty()) {
        throw new MalformedRecordingException(
            file
                + ": signal '"
                + signal.description()
                + "' is not in the layout"
                + (left == null ? "" : " so often")
                + "; expected one of "
                + signals.stream().map(WfdbSignal::description).toList());
      }
      places[i] = left.remove();
      requireUnit(file, signal, signals.get(places[i]));
    }
    return places;
  }

  private static void requireUnit(Path file, WfdbSignal signal, WfdbSignal ofRecord)
      throws MalformedRecordingException {
    if (!signal.unit().equals(ofRecord.unit())) {
      throw new MalformedRecordingException(
          file
              + ": signal '"
              + signal.description()
              + "' is in "
              + signal.unit()
              + "; expected "
              + ofRecord.unit()
              + " as in the rest of the record");
    }
  }

  /** Whether a signal has the same digital scale in every segment that has it. */
  boolean hasOneScale(int signal) {
    WfdbSignal described = signals.get(signal);
    for (Piece piece : pieces) {
      for (int i = 0; i < piece.places().length; i++) {
        if (piece.places()[i] == signal
            && !piece.header().signals().get(i).scale().equals(described.scale())) {
          return false;
        }
      }
    }
    return true;
  }
}
