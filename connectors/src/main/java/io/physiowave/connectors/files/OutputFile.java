package io.physiowave.connectors.files;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes files, and names the file in whatever goes wrong: of a full disk the system says no more
 * than "No space left on device".
 */
public final class OutputFile {
  private OutputFile() {}

  /** Opens a file, replacing one that is there; buffered. */
  public static OutputStream open(Path file) throws IOException {
    return new BufferedOutputStream(new Named(file, Files.newOutputStream(file)), 1 << 16);
  }

  /** Writes a file whole, replacing one that is there. */
  public static void write(Path file, byte[] content) throws IOException {
    try (OutputStream out = open(file)) {
      out.write(content);
    }
  }

  /** Writes a text file, UTF-8, replacing one that is there. */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static final class Named extends FilterOutputStream {
    private final Path file;

    Named(Path file, OutputStream out) {
      super(out);
      this.file = file;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        throw named(e);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } catch (IOException e) {
        throw named(e);
      }
    }

    private IOException named(IOException failure) {
      if (failure instanceof FileSystemException) {
        return failure;
      }
      IOException named =
          new FileSystemException(file.toString(), null, String.valueOf(failure.getMessage()));
      named.initCause(failure);
      return named;
    }
  }
}
