package io.physiowave.architecture;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a name of a container image must look like. */
final class Images {
  /** Repository and a tag that holds a number; a tag without one moves with every release. */
  private static final Pattern PINNED =
      Pattern.compile("[a-z0-9][a-z0-9./_-]*:(?=[^@]*\\d)(?!latest)[A-Za-z0-9][A-Za-z0-9._-]*");

  private Images() {}

  /** What is wrong with the name, if anything. */
  static Optional<String> problem(String image) {
    return PINNED.matcher(image).matches()
        ? Optional.empty()
        : Optional.of("image '" + image + "' is not pinned to a version");
  }

  /** Whether a user is named and is not root. */
  static boolean isUnprivileged(String user) {
    return !user.isBlank() && !user.matches("(root|0)(:.*)?");
  }
}
