package io.physiowave.gateway.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** The files that are not of this module. */
public final class Repository {
  private Repository() {}

  /** Where it lies. */
  public static Path root() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve(".mvn"))) {
      root = root.getParent();
    }
    return root;
  }
}
