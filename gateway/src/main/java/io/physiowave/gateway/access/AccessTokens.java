package io.physiowave.gateway.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tokens and what they are for. Only hashes are kept, and none is ever shown. */
public final class AccessTokens {
  /** What a header and a WebSocket subprotocol can both carry. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]{16,200}");

  private final List<Entry> entries;

  private AccessTokens(List<Entry> entries) {
    this.entries = entries;
  }

  private record Entry(byte[] hash, Grant grant) {}

  /**
   * Reads a file of lines {@code TOKEN PATTERN}, parted by blanks; lines that are blank or begin
   * with {@code #} are left out.
   *
   * @throws IllegalArgumentException when a line is no such line, its token is shorter than 16
   *     characters or comes twice, or there is none; the message names file and line, never a token
   */
  public static AccessTokens read(Path file) throws IOException {
    List<Entry> entries = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String place = file + " line " + number + ": ";
      String[] words = line.strip().split("\\s+");
      if (words.length != 2) {
        throw new IllegalArgumentException(
            place + words.length + " words; expected two, a token and a pattern of stream ids");
      }
      if (!TOKEN.matcher(words[0]).matches()) {
        throw new IllegalArgumentException(
            place
                + "the token has characters or a length that it may not have; expected 16 to 200"
                + " letters, digits or any of . _ ~ -");
      }
      if (!seen.add(words[0])) {
        throw new IllegalArgumentException(
            place + "the token comes twice; expected one line for each");
      }
      entries.add(new Entry(hash(words[0]), new StreamPattern(words[1])));
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException(file + ": no token; expected one or more lines");
    }
    return new AccessTokens(entries);
  }

  /** What a token is for; empty when nobody has it. Takes as long for every token. */
  public Optional<Grant> grant(String token) {
    byte[] asked = hash(token);
    Grant found = null;
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.hash(), asked)) {
        found = entry.grant();
      }
    }
    return Optional.ofNullable(found);
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
