package io.physiowave.connectors.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real recordings beside the repository, on machines that have them. */
public final class SharedData {
  private SharedData() {}

  /** A path under {@code ../shared/data}; the test is skipped where there is none. */
  public static Path require(String path) {
    Path root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve(".mvn"))) {
      root = root.getParent();
    }
    Assumptions.assumeTrue(root != null, "not run inside the repository");
    Path found = root.resolveSibling("shared").resolve("data").resolve(path);
    Assumptions.assumeTrue(Files.exists(found), "no real recordings at " + found);
    return found;
  }
}
