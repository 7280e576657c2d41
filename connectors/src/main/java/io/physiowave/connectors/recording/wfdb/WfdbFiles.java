package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingException;
import io.physiowave.connectors.recording.RecordingNotFoundException;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds WFDB records on disk. */
public final class WfdbFiles {
  private static final Logger LOG = LoggerFactory.getLogger(WfdbFiles.class);
  private static final String HEADER_SUFFIX = ".hea";
  private static final Pattern SUFFIX = Pattern.compile("\\.(hea|dat|mat)$");

  private static final int LINE_BYTES = 512;
  // The first line that is no comment; directories do not occur in record names.
  private static final Pattern SEGMENTED =
      Pattern.compile("\\A(?:\\s*#[^\\n]*\\n)*\\s*[^\\s#/]+/\\d+\\s");

  private WfdbFiles() {}

  /**
   * Whether a path names a record: without suffix, or with {@code .hea}, {@code .dat} or {@code
   * .mat}, and its header exists.
   */
  public static boolean isRecord(Path path) {
    return path.getFileName() != null && Files.isRegularFile(headerOf(path));
  }

  /** Whether a directory or one beneath it holds a header. */
  public static boolean areIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      return files.anyMatch(WfdbFiles::isHeader);
    }
  }

  /** Not what macOS puts beside files on other systems' disks: {@code ._208.hea}. */
  private static boolean isHeader(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(HEADER_SUFFIX) && !name.startsWith(".");
  }

  /**
   * The record that a path names.
   *
   * @param path as for {@link #isRecord}
   * @throws RecordingException when there is no such header
   */
  public static RecordingSource source(Path path, RecordingOptions options)
      throws RecordingException {
    Path header = headerOf(path);
    if (!Files.isRegularFile(header)) {
      throw new RecordingNotFoundException(
          path + ": no such recording; expected a WFDB header " + header.getFileName() + " there");
    }
    return new Source(stem(header.getFileName()), header, options);
  }

  /**
   * The records in a directory and beneath it, ordered by name; a record is named by its path
   * within the directory, e.g. {@code records100/00001_lr}. Segments of a record are no records of
   * their own.
   *
   * @param options its subject restricts the result to the record of that name
   * @throws RecordingException when there is none
   */
  public static List<RecordingSource> listDirectory(Path directory, RecordingOptions options)
      throws IOException {
    List<RecordingSource> sources;
    try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      List<Path> headers =
          files.filter(WfdbFiles::isHeader).filter(Files::isRegularFile).sorted().toList();
      Set<Path> segments = segments(headers);
      sources =
          headers.stream()
              .filter(file -> !segments.contains(file))
              .<RecordingSource>map(file -> new Source(nameWithin(directory, file), file, options))
              .filter(source -> options.subject().map(source.name()::equals).orElse(true))
              .toList();
    }
    if (sources.isEmpty()) {
      throw new RecordingNotFoundException(
          directory
              + ": holds no WFDB record"
              + options.subject().map(subject -> " named '" + subject + "'").orElse("")
              + "; expected files such as 208.hea");
    }
    return sources;
  }

  /**
   * The files that a record is read from: its header, those of its segments, and the signal files
   * that they name.
   *
   * @param header the record's header
   * @throws RecordingException when a header is missing or malformed
   */
  public static List<Path> filesOf(Path header) throws IOException {
    Set<Path> files = new LinkedHashSet<>();
    files.add(header);
    WfdbHeader read = WfdbHeaderReader.read(header);
    addSignalFiles(header, read, files);
    for (WfdbSegment segment : read.segments()) {
      if (!segment.isGap()) {
        Path file = header.resolveSibling(segment.name() + HEADER_SUFFIX);
        files.add(file);
        addSignalFiles(file, WfdbHeaderReader.read(file), files);
      }
    }
    return List.copyOf(files);
  }

  private static void addSignalFiles(Path header, WfdbHeader read, Set<Path> files) {
    for (WfdbSignal signal : read.signals()) {
      if (signal.format() != SignalFormat.NONE) {
        files.add(header.resolveSibling(signal.fileName()));
      }
    }
  }

  /** The annotation file of a record, whether it exists or not. */
  public static Path annotationFile(Path record, String annotator) {
    Path header = headerOf(record);
    return header.resolveSibling(stem(header.getFileName()) + "." + annotator);
  }

  /** The header of the record that a path names, whether it exists or not. */
  public static Path headerOf(Path path) {
    return path.resolveSibling(stem(path.getFileName()) + HEADER_SUFFIX);
  }

  /** The headers that belong to segments of records among these. */
  private static Set<Path> segments(List<Path> headers) throws IOException {
    Set<Path> segments = new HashSet<>();
    for (Path header : headers) {
      if (isSegmented(header)) {
        try {
          for (WfdbSegment segment : WfdbHeaderReader.read(header).segments()) {
            segments.add(header.resolveSibling(segment.name() + HEADER_SUFFIX));
          }
        } catch (MalformedRecordingException e) {
          LOG.debug("{} says so when it is opened: {}", header, e.getMessage());
        }
      }
    }
    return segments;
  }

  /** Whether the record line names a record of segments; only the start of the file is read. */
  private static boolean isSegmented(Path header) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(header)) {
      start = in.readNBytes(LINE_BYTES);
    }
    return SEGMENTED.matcher(new String(start, StandardCharsets.ISO_8859_1)).find();
  }

  private static String nameWithin(Path directory, Path header) {
    return stem(directory.relativize(header)).replace('\\', '/');
  }

  private static String stem(Path path) {
    return SUFFIX.matcher(path.toString()).replaceFirst("");
  }

  private record Source(String name, Path header, RecordingOptions options)
      implements RecordingSource {
    @Override
    public Recording open() throws IOException {
      return WfdbRecording.open(name, header, options);
    }
  }
}
