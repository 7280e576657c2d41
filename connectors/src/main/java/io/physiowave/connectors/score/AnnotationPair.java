package io.physiowave.connectors.score;

import io.physiowave.connectors.recording.RecordingException;
import io.physiowave.connectors.recording.RecordingNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two annotation files of one record.
 *
 * @param record the record's name: that of the reference file without its suffix
 * @param reference what is true, e.g. {@code mitdb/208.atr}
 * @param test what is judged, e.g. {@code out/208.pwb}
 */
public record AnnotationPair(String record, Path reference, Path test) {

  /**
   * Pairs files one to one, or two directories by the names of the records.
   *
   * @param references files, or one directory
   * @param tests as many files, or one directory
   * @param referenceAnnotator suffix of the reference files in a directory
   * @param testAnnotator suffix of the test files in a directory; every one is compared
   * @throws RecordingException when they do not pair up
   */
  public static List<AnnotationPair> of(
      List<Path> references, List<Path> tests, String referenceAnnotator, String testAnnotator)
      throws IOException {
    if (references.size() == 1
        && tests.size() == 1
        && Files.isDirectory(references.get(0))
        && Files.isDirectory(tests.get(0))) {
      return ofDirectories(references.get(0), tests.get(0), referenceAnnotator, testAnnotator);
    }
    if (references.size() != tests.size()) {
      throw new RecordingException(
          references.size()
              + " reference files and "
              + tests.size()
              + " test files; expected as many of both, or one directory of each");
    }
    List<AnnotationPair> pairs = new ArrayList<>();
    for (int i = 0; i < references.size(); i++) {
      pairs.add(new AnnotationPair(stem(references.get(i)), references.get(i), tests.get(i)));
    }
    return pairs;
  }

  private static List<AnnotationPair> ofDirectories(
      Path references, Path tests, String referenceAnnotator, String testAnnotator)
      throws IOException {
    List<Path> judged;
    try (Stream<Path> files = Files.list(tests)) {
      judged =
          files.filter(file -> file.toString().endsWith("." + testAnnotator)).sorted().toList();
    }
    if (judged.isEmpty()) {
      throw new RecordingNotFoundException(
          tests + ": holds no annotation file; expected names such as 208." + testAnnotator);
    }
    return judged.stream()
        .map(
            test ->
                new AnnotationPair(
                    stem(test), references.resolve(stem(test) + "." + referenceAnnotator), test))
        .toList();
  }

  private static String stem(Path file) {
    return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
  }
}
