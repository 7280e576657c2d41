package io.physiowave.training.download;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file to fetch.
 *
 * @param name path below the folder that it goes to, with {@code /}
 * @param address where it is
 * @param checksum of its content, where the publisher tells it
 */
record RemoteFile(String name, URI address, Optional<Checksum> checksum) {
  // No absolute path, no drive, no way up.
  private static final Pattern SAFE =
      Pattern.compile("(?!/)(?:(?!\\.\\.?(?:/|$))[^/\\\\:\\x00-\\x1f]+(?:/|$))+(?<!/)");

  RemoteFile {
    if (!SAFE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a list of files names '" + name + "'; expected a path below the folder");
    }
  }
}
