package io.physiowave.quickstart.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A directory that goes, with all that is in it, when it is closed. */
public final class TemporaryDirectory implements AutoCloseable {
  private static final String PROPERTY = "java.io.tmpdir";

  private final Path path;

  private TemporaryDirectory(Path path) {
    this.path = path;
  }

  /** Makes one under the system's directory for temporary files. */
  public static TemporaryDirectory create(String prefix) {
    try {
      return new TemporaryDirectory(Files.createTempDirectory(prefix));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot make a directory under " + System.getProperty(PROPERTY), e);
    }
  }

  /**
   * Makes a directory in which this process, libraries included, makes all its temporary files from
   * now on. Only of use before the first of them: Java reads the setting once.
   */
  public static TemporaryDirectory ofProcess(String prefix) {
    Path path =
        Path.of(System.getProperty(PROPERTY))
            .resolve(prefix + ProcessHandle.current().pid() + "-" + System.nanoTime());
    try {
      Files.createDirectory(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the directory " + path, e);
    }
    System.setProperty(PROPERTY, path.toString());
    return new TemporaryDirectory(path);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      Files.walkFileTree(path, new Deletion());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path, e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    /** A file that its owner deleted in the meantime needs no deleting. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
