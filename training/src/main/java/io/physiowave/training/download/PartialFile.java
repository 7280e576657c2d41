package io.physiowave.training.download;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A file that is not complete yet, beside its final name, with what the server said the content is
 * (an entity tag or a date), so that the rest is only added to the same content.
 *
 * @param target the final name
 */
record PartialFile(Path target) {

  Path path() {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  private Path validatorPath() {
    return target.resolveSibling(target.getFileName() + ".part.tag");
  }

  /** Bytes that are there and can be added to; 0 when there are none. */
  long resumable() throws IOException {
    return Files.exists(path()) && validator().isPresent() ? Files.size(path()) : 0;
  }

  /** What the server said of the content; empty when it said nothing. */
  Optional<String> validator() throws IOException {
    return Files.exists(validatorPath())
        ? Optional.of(Files.readString(validatorPath(), StandardCharsets.ISO_8859_1))
        : Optional.empty();
  }

  /** Begins anew with content that the server describes so. */
  void begin(Optional<String> validator) throws IOException {
    discard();
    Files.createDirectories(target.toAbsolutePath().getParent());
    if (validator.isPresent()) {
      Files.writeString(validatorPath(), validator.get(), StandardCharsets.ISO_8859_1);
    }
  }

  void discard() throws IOException {
    Files.deleteIfExists(path());
    Files.deleteIfExists(validatorPath());
  }

  /** Gives the file its name. */
  void complete() throws IOException {
    Files.move(path(), target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(validatorPath());
  }
}
