package io.physiowave.cluster;

import io.physiowave.cluster.layout.ClusterFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** Lets one command at a time change a cluster. The system frees it when its holder dies. */
public final class ClusterLock {
  private static final String FILE = "lock";

  private ClusterLock() {}

  /**
   * Does something while no other command changes the cluster.
   *
   * @throws ClusterFailedException when another command is at it
   */
  public static void whileLocked(ClusterFolder folder, Runnable work) {
    if (Files.exists(folder.root()) && !Files.isDirectory(folder.root())) {
      throw new ClusterFailedException(
          "the cluster's folder is " + folder.root() + ", which is a file");
    }
    try {
      Files.createDirectories(folder.root());
      try (FileChannel channel =
          FileChannel.open(
              folder.root().resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        if (tryLock(channel) == null) {
          throw new ClusterFailedException(
              "another command is changing the cluster in " + folder.root() + "; wait for it");
        }
        work.run();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + folder.root(), e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
