package io.physiowave.training.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What a publisher says of a file's content.
 *
 * @param algorithm name of a digest as Java knows it: SHA-256 or MD5
 * @param hex its value, lower-case
 */
record Checksum(String algorithm, String hex) {

  Checksum {
    hex = hex.toLowerCase(Locale.ROOT);
    int digits = algorithm.equals("MD5") ? 32 : 64;
    if (!hex.matches("[0-9a-f]{" + digits + "}")) {
      throw new IllegalArgumentException(
          algorithm + " is '" + hex + "'; expected " + digits + " hexadecimal digits");
    }
  }

  static Checksum sha256(String hex) {
    return new Checksum("SHA-256", hex);
  }

  static Checksum md5(String hex) {
    return new Checksum("MD5", hex);
  }

  /** The digest of a file's content by this algorithm. */
  String of(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
