package io.physiowave.architecture;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a name of a container image must look like. */
final class Images {
  private static final String DIGEST = "@sha256:[0-9a-f]{64}";

  /**
   * Repository and a tag that holds a number, for a tag without one moves with every release; a
   * digest may follow.
   */
  private static final Pattern PINNED =
      Pattern.compile(
          "[a-z0-9][a-z0-9./_-]*:(?=[^@]*\\d)(?!latest)[A-Za-z0-9][A-Za-z0-9._-]*("
              + DIGEST
              + ")?");

  private Images() {}

  /** What is wrong with the name, if anything. */
  static Optional<String> problem(String image) {
    return PINNED.matcher(image).matches()
        ? Optional.empty()
        : Optional.of("image '" + image + "' is not pinned to a version");
  }

  /** The name without its digest, if it has one. */
  static String tagged(String image) {
    return image.replaceFirst(DIGEST + "$", "");
  }

  /** Whether a user is named and is not root. */
  static boolean isUnprivileged(String user) {
    return !user.isBlank() && !user.matches("(root|0)(:.*)?");
  }
}
