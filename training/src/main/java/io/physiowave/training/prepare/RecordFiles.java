package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import io.physiowave.connectors.recording.wfdb.WfdbFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of the WFDB records of an input. */
final class RecordFiles {
  private RecordFiles() {}

  /** Where a record's header is. */
  static Path header(Path input, RecordingSource source) {
    Path record = Files.isDirectory(input) ? input.resolve(source.name()) : input;
    return WfdbFiles.headerOf(record);
  }

  /** Finds header, signal files and reference annotations of a record. */
  static PreparationItem.Files of(Path input, RecordingSource source) {
    return of(input, header(input, source));
  }

  /**
   * The same for a record that is named by its path.
   *
   * @param record with or without {@code .hea}
   */
  static PreparationItem.Files of(Path input, Path record) {
    return () -> {
      Path header = WfdbFiles.headerOf(record);
      List<Path> files = new ArrayList<>(WfdbFiles.filesOf(header));
      Path annotations = WfdbFiles.annotationFile(header, RecordingOptions.DEFAULT.annotator());
      if (Files.exists(annotations)) {
        files.add(annotations);
      }
      return files.stream().map(file -> SourceFile.of(input, file)).toList();
    };
  }
}
