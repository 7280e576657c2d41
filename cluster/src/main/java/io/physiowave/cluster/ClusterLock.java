package io.physiowave.cluster;

import io.physiowave.cluster.layout.ClusterFolder;
import io.physiowave.quickstart.embedded.DirectoryTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

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
    Path file = file(folder);
    try {
      Files.createDirectories(folder.root());
      Object made = made(file);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        // A lock of a file that was deleted meanwhile keeps nobody out.
        if (tryLock(channel) == null || !made.equals(key(file))) {
          throw taken(folder);
        }
        work.run();
      }
    } catch (NoSuchFileException e) {
      throw taken(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + folder.root(), e);
    }
  }

  /** Whether some command may be changing the cluster, or did so before. */
  public static boolean isThere(ClusterFolder folder) {
    return Files.exists(file(folder));
  }

  /**
   * Deletes a cluster's folder for the holder of its lock. The lock goes last, so that nobody
   * starts a cluster between what is deleted.
   */
  public static void deleteLocked(ClusterFolder folder) {
    Path lock = file(folder);
    try {
      try (Stream<Path> all = Files.list(folder.root())) {
        all.filter(path -> !path.equals(lock)).forEach(DirectoryTree::delete);
      }
      Files.deleteIfExists(lock);
      Files.deleteIfExists(folder.root());
    } catch (DirectoryNotEmptyException e) {
      // Another command has come for its lock, or the system keeps a file while it is open.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder.root(), e);
    }
  }

  private static Path file(ClusterFolder folder) {
    return folder.root().resolve(FILE);
  }

  private static ClusterFailedException taken(ClusterFolder folder) {
    return new ClusterFailedException(
        "another command is changing the cluster in " + folder.root() + "; wait for it");
  }

  private static Object made(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // From an earlier command.
    }
    return key(file);
  }

  /** What tells this file from a later one of its name, where the system has such a thing. */
  private static Object key(Path file) throws IOException {
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return key == null ? FILE : key;
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
