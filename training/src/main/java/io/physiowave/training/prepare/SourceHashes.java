package io.physiowave.training.prepare;

import io.physiowave.training.dataset.FileHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The hashes of files that a preparation read. */
final class SourceHashes {
  private SourceHashes() {}

  /** Of one file, or of every file in a directory and beneath it, by its path there. */
  static Map<String, String> of(Path input) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (Path file : files(input)) {
      Path name = file.equals(input) ? file.getFileName() : input.relativize(file);
      hashes.put(name.toString().replace('\\', '/'), FileHash.sha256(file));
    }
    return hashes;
  }

  private static List<Path> files(Path input) throws IOException {
    if (!Files.isDirectory(input)) {
      return List.of(input);
    }
    try (Stream<Path> listed = Files.walk(input)) {
      return listed.filter(Files::isRegularFile).toList();
    }
  }
}
