package io.physiowave.connectors.recording.formats;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingException;
import io.physiowave.connectors.recording.RecordingNotFoundException;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import io.physiowave.connectors.recording.UnsupportedRecordingException;
import io.physiowave.connectors.recording.emgtext.EmgTextFiles;
import io.physiowave.connectors.recording.wfdb.WfdbFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the reader for a path.
 *
 * <p>Recognised are a WFDB record (its name with or without {@code .hea}, {@code .dat} or {@code
 * .mat}), a directory of WFDB records, a UCI EMG text file ({@code .txt}), and a {@code .zip} or a
 * directory of such text files.
 *
 * <pre>{@code
 * try (Recording recording = RecordingFormats.open(Path.of("mitdb/208"), RecordingOptions.DEFAULT)) {
 *   float[][] chunk = new float[recording.channels().size()][4096];
 *   for (int n = recording.read(chunk, 0, 4096); n > 0; n = recording.read(chunk, 0, 4096)) {
 *     ...
 *   }
 * }
 * }</pre>
 */
public final class RecordingFormats {
  private static final Set<String> WFDB_SUFFIXES = Set.of("hea", "dat", "mat");

  private RecordingFormats() {}

  /**
   * Opens the one recording at a path.
   *
   * @param path see above
   * @param options which of its recordings, and how
   * @throws RecordingException when there is none, when there are several to choose from, or when
   *     it is damaged
   */
  public static Recording open(Path path, RecordingOptions options) throws IOException {
    List<RecordingSource> sources = list(path, options);
    if (sources.size() > 1) {
      throw new RecordingException(
          path
              + ": holds "
              + sources.size()
              + " recordings; choose one of "
              + sources.stream()
                  .limit(4)
                  .map(RecordingSource::name)
                  .collect(Collectors.joining(", "))
              + (sources.size() > 4 ? ", ..." : ""));
    }
    return sources.get(0).open();
  }

  /**
   * The recordings at a path, at least one, ordered by name; nothing is opened yet.
   *
   * @param path see above
   * @param options which of its recordings, and how
   * @throws RecordingException when there is none
   */
  public static List<RecordingSource> list(Path path, RecordingOptions options) throws IOException {
    String name = path.getFileName() == null ? "" : path.getFileName().toString();
    String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (suffix.equals("zip")) {
      return EmgTextFiles.listZip(requireFile(path), options);
    }
    if (suffix.equals("txt")) {
      return List.of(EmgTextFiles.source(requireFile(path)));
    }
    if (WfdbFiles.isRecord(path)) {
      return List.of(WfdbFiles.source(path, options));
    }
    if (Files.isDirectory(path)) {
      return WfdbFiles.areIn(path) || EmgTextFiles.filesOf(path).isEmpty()
          ? WfdbFiles.listDirectory(path, options)
          : EmgTextFiles.listDirectory(path, options);
    }
    if (Files.isRegularFile(path) && !WFDB_SUFFIXES.contains(suffix)) {
      throw new UnsupportedRecordingException(
          path
              + ": not a recording that can be read; expected a WFDB record (.hea), a UCI EMG text"
              + " file (.txt) or a zip file of these");
    }
    return List.of(WfdbFiles.source(path, options));
  }

  private static Path requireFile(Path path) throws RecordingNotFoundException {
    if (!Files.isRegularFile(path)) {
      throw new RecordingNotFoundException(path + ": no such file");
    }
    return path;
  }
}
