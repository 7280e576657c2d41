package io.physiowave.training.prepare;

import io.physiowave.training.dataset.FileHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The SHA-256 of the files that a preparation read, by name. Of more than {@value #LISTED} files
 * only one hash is kept for each directory: that of the lines {@code hash, two blanks, name} in the
 * order they were read, as {@code sha256sum} prints them.
 */
final class SourceHashes {
  /** So many files are listed one by one. */
  static final int LISTED = 10_000;

  private static final int DIRECTORY_LEVELS = 2;

  private final Map<String, String> files = new LinkedHashMap<>();
  private final Map<String, MessageDigest> directories = new TreeMap<>();

  void add(Map<String, String> read) {
    read.forEach(this::add);
  }

  private void add(String name, String hash) {
    if (!directories.isEmpty()) {
      fold(name, hash);
    } else {
      files.put(name, hash);
      if (files.size() > LISTED) {
        files.forEach(this::fold);
        files.clear();
      }
    }
  }

  private void fold(String name, String hash) {
    directories
        .computeIfAbsent(directory(name) + "*", key -> FileHash.digest())
        .update((hash + "  " + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String directory(String name) {
    int end = 0;
    for (int level = 0; level < DIRECTORY_LEVELS; level++) {
      int slash = name.indexOf('/', end);
      if (slash < 0) {
        break;
      }
      end = slash + 1;
    }
    return name.substring(0, end);
  }

  /** The hashes by name; nothing can be added afterwards. */
  Map<String, String> finish() {
    Map<String, String> hashes = new TreeMap<>(files);
    directories.forEach(
        (name, digest) -> hashes.put(name, HexFormat.of().formatHex(digest.digest())));
    return hashes;
  }
}
