package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingException;
import io.physiowave.connectors.recording.RecordingNotFoundException;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds WFDB records on disk. */
public final class WfdbFiles {
  private static final String HEADER_SUFFIX = ".hea";
  private static final Pattern SUFFIX = Pattern.compile("\\.(hea|dat|mat)$");

  private WfdbFiles() {}

  /**
   * Whether a path names a record: without suffix, or with {@code .hea}, {@code .dat} or {@code
   * .mat}, and its header exists.
   */
  public static boolean isRecord(Path path) {
    return path.getFileName() != null && Files.isRegularFile(headerOf(path));
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
   * within the directory, e.g. {@code records100/00001_lr}.
   *
   * @param options its subject restricts the result to the record of that name
   * @throws RecordingException when there is none
   */
  public static List<RecordingSource> listDirectory(Path directory, RecordingOptions options)
      throws IOException {
    List<RecordingSource> sources;
    try (Stream<Path> files = Files.walk(directory)) {
      sources =
          files
              .filter(file -> file.toString().endsWith(HEADER_SUFFIX))
              .filter(Files::isRegularFile)
              .sorted()
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

  /** The annotation file of a record, whether it exists or not. */
  public static Path annotationFile(Path record, String annotator) {
    Path header = headerOf(record);
    return header.resolveSibling(stem(header.getFileName()) + "." + annotator);
  }

  private static Path headerOf(Path path) {
    return path.resolveSibling(stem(path.getFileName()) + HEADER_SUFFIX);
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
