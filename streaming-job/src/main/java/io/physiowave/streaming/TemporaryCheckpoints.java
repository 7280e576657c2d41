package io.physiowave.streaming;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for checkpoints where nobody named one; deleted with the process. The JobManager's
 * memory would not do: it takes 5 MB, the state of some hundred streams.
 */
final class TemporaryCheckpoints {
  private static final Logger LOG = LoggerFactory.getLogger(TemporaryCheckpoints.class);
  private static Path directory;

  private TemporaryCheckpoints() {}

  /** The process's folder as Flink reads it: a blank in its name is a blank. */
  static String directoryForFlink() {
    return org.apache.flink.core.fs.Path.fromLocalFile(directory().toFile()).toString();
  }

  private static synchronized Path directory() {
    if (directory == null) {
      try {
        directory = Files.createTempDirectory("physiowave-checkpoints-");
      } catch (IOException e) {
        throw new UncheckedIOException("no temporary folder for checkpoints can be made", e);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
      LOG.info(
          "checkpoint.directory is not set: checkpoints are kept in {} and end with this process;"
              + " a cluster of several machines needs one that all of them reach",
          directory);
    }
    return directory;
  }

  private static void delete(Path root) {
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(root)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("{} stays behind", root, e);
      return;
    }
    for (Path path : deepestFirst) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        LOG.debug("{} stays behind", path, e);
      }
    }
  }
}
