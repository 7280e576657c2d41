package io.physiowave.streaming.doctor;

import java.nio.file.Files;
import java.nio.file.Path;

/** The Java that runs this, and whether it can build as well. */
final class JavaMachine {
  private static final String NAME = "java";
  private static final int OLDEST = 17;

  /**
   * The newest release that the build's own tools (Error Prone, google-java-format) were run on.
   */
  private static final int NEWEST_TRIED = 25;

  private JavaMachine() {}

  static Finding examine(Runtime.Version version, String vendor) {
    Path compiler = Path.of(System.getProperty("java.home"), "bin", "javac");
    boolean compiles = Files.exists(compiler) || Files.exists(compiler.resolveSibling("javac.exe"));
    return judge(version, vendor, compiles);
  }

  static Finding judge(Runtime.Version version, String vendor, boolean compiles) {
    String found = version + " by " + vendor + (compiles ? "" : ", a runtime without javac");
    if (version.feature() < OLDEST) {
      return Finding.fail(NAME, found, "Install a JDK 17 or later and set JAVA_HOME.");
    }
    if (!compiles) {
      return Finding.warn(
          NAME, found, "Enough to run what is built; to build, set JAVA_HOME to a JDK.");
    }
    if (version.feature() > NEWEST_TRIED) {
      return Finding.warn(
          NAME, found, "Not tried with this release; JDK 17 is what the tests run on.");
    }
    return Finding.ok(NAME, found);
  }
}
