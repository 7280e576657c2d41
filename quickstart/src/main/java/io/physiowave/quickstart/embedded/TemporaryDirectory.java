package io.physiowave.quickstart.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
    DirectoryTree.delete(path);
  }
}
