package io.physiowave.training.prepare;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that a preparation reads.
 *
 * @param name its name in the description: the path within the input, with {@code /}
 * @param path where it is
 */
public record SourceFile(String name, Path path) {

  /** A file of an input: the input itself, or a file beneath it when it is a directory. */
  static SourceFile of(Path input, Path file) {
    Path name =
        Files.isDirectory(input) && file.startsWith(input)
            ? input.relativize(file)
            : file.getFileName();
    return new SourceFile(name.toString().replace('\\', '/'), file);
  }
}
