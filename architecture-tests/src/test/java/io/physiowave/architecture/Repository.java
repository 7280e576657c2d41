package io.physiowave.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of the repository that the tests run in. */
final class Repository {
  private Repository() {}

  /** The folder that holds {@code .mvn}. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve(".mvn"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("no folder above the tests holds .mvn");
      }
    }
    return folder;
  }

  /**
   * Text of a file.
   *
   * @param path from the root
   */
  static String text(String path) {
    try {
      return Files.readString(root().resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a file or folder is there, {@code path} from the root. */
  static boolean holds(String path) {
    return Files.exists(root().resolve(path));
  }

  /** What the parent pom says in its first element of that name, e.g. {@code kafka.version}. */
  static String pomValue(String element) {
    Matcher matcher =
        Pattern.compile("<" + Pattern.quote(element) + ">([^<]+)<")
            .matcher(text("pom.xml").replaceAll("(?s)<modelVersion>.*?</modelVersion>", ""));
    if (!matcher.find()) {
      throw new IllegalStateException("pom.xml has no element " + element);
    }
    return matcher.group(1);
  }
}
