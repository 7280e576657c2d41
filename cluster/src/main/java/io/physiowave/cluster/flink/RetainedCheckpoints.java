package io.physiowave.cluster.flink;

import io.physiowave.cluster.layout.ClusterFolder;
import io.physiowave.quickstart.embedded.DirectoryTree;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;

/**
 * The state that jobs left behind. A cluster that is taken down forgets its jobs, but checkpoints
 * are kept, and a job that goes on from the latest one loses nothing: the sources read again what
 * came after it, and the audit sink commits what belongs to it.
 */
public final class RetainedCheckpoints {
  private static final String METADATA = "_metadata";

  private RetainedCheckpoints() {}

  /**
   * The latest complete checkpoint or savepoint of a cluster, as Flink takes it. A checkpoint's
   * metadata file is written last, so one that has it is complete.
   *
   * <p>Which is the latest the ids say: Flink counts checkpoints and savepoints as one, and a job
   * that goes on from one counts on. Times of files change when a folder is copied, and with the
   * system's clock.
   */
  public static Optional<String> latest(ClusterFolder folder) {
    return Stream.of(folder.checkpoints(), folder.savepoints())
        .flatMap(RetainedCheckpoints::complete)
        .max(
            Comparator.comparingLong(RetainedCheckpoints::id)
                .thenComparing(RetainedCheckpoints::time))
        .map(metadata -> ClusterFolder.forFlink(metadata.getParent()));
  }

  /**
   * Deletes all of it, for a job that is to begin with nothing. Copies of models stay: records of
   * the models topic, which outlives jobs, go on to name them by their hash, and their addresses
   * may be gone.
   */
  public static void delete(ClusterFolder folder) {
    DirectoryTree.delete(folder.savepoints());
    if (!Files.isDirectory(folder.checkpoints())) {
      return;
    }
    try (Stream<Path> all = Files.list(folder.checkpoints())) {
      all.filter(directory -> !directory.equals(folder.models())).forEach(DirectoryTree::delete);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for checkpoints in " + folder.checkpoints(), e);
    }
  }

  /** A checkpoint lies in {@code JOB/chk-N}, a savepoint in {@code savepoint-...}. */
  private static Stream<Path> complete(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.find(directory, 3, (file, about) -> isMetadata(file))) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for checkpoints in " + directory, e);
    }
  }

  private static boolean isMetadata(Path file) {
    return file.getFileName().toString().equals(METADATA);
  }

  private static long id(Path file) {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      return Checkpoints.loadCheckpointMetadata(
              in, RetainedCheckpoints.class.getClassLoader(), file.toString())
          .getCheckpointId();
    } catch (IOException e) {
      // Gone, since a running job deletes those that are too many, or of another Flink.
      return Long.MIN_VALUE;
    }
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      // A running job deletes those that are too many.
      return FileTime.fromMillis(0);
    }
  }
}
