package io.physiowave.training.run;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files that are replaced whole: a crash or a full disk leaves the former content. What a link
 * leads to is replaced, not the link; a directory, a device or a pipe of that name never is.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a file of a name that is given. */
  @FunctionalInterface
  public interface Writer {
    void write(Path file) throws IOException;
  }

  /** Replaces a file. */
  public static void write(Path file, Content content) throws IOException {
    replace(file, partial -> fill(partial, content));
  }

  /** Writes a file under its own name, for {@link #replace}, and waits until the disk has it. */
  public static void fill(Path partial, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      content.writeTo(out);
      out.flush();
      // Else the new name could reach the disk before the bytes.
      channel.force(true);
    }
  }

  /** Replaces a file by what is first written under another name beside it. */
  public static void replace(Path file, Writer writer) throws IOException {
    Path target = requirePlace(file);
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    try {
      writer.write(partial);
      Files.move(
          partial, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      // What the system says of a full disk names no file.
      throw new IOException(
          file + ": cannot be written: " + e.getMessage() + "; what was there before is kept", e);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /**
   * Refuses a name under which no file can be put: for asking before long work.
   *
   * @return where the file is put, which is elsewhere when the name is a link
   */
  public static Path requirePlace(Path file) throws IOException {
    Path target = Files.isSymbolicLink(file) ? followed(file) : file;
    if (Files.isDirectory(target)) {
      throw refused(file, "is a directory; expected the name of a file to write");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw refused(file, "is a device or a pipe; expected the name of a file to write");
    }
    if (Files.exists(target) && !Files.isWritable(target)) {
      throw refused(file, "may not be written to; expected a file that may be replaced");
    }
    Path folder = target.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw refused(
          file, "there is no directory " + folder + "; expected one to put the file into");
    }
    return target;
  }

  private static Path followed(Path link) throws IOException {
    return Files.exists(link)
        ? link.toRealPath()
        : link.resolveSibling(Files.readSymbolicLink(link));
  }

  private static FileSystemException refused(Path file, String why) {
    return new FileSystemException(file.toString(), null, why);
  }

  /** Replaces a text file, UTF-8. */
  public static void write(Path file, String text) throws IOException {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
