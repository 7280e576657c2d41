package io.physiowave.cluster.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log, however long it is. */
final class LogTail {
  private static final int MOST_BYTES = 32 * 1024;

  private LogTail() {}

  /**
   * The last lines that say something: the last error with its causes, otherwise simply the last.
   * None when there is no such file.
   */
  static List<String> of(Path file, int lines) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      byte[] end = new byte[(int) Math.min(MOST_BYTES, log.length())];
      log.seek(log.length() - end.length);
      log.readFully(end);
      List<String> all =
          new String(end, StandardCharsets.UTF_8).lines().filter(LogTail::saysSomething).toList();
      for (int i = all.size() - 1; i >= 0; i--) {
        if (all.get(i).contains(" ERROR ")) {
          return all.subList(i, Math.min(all.size(), i + lines));
        }
      }
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      return List.of(file + " cannot be read: " + e.getMessage());
    }
  }

  private static boolean saysSomething(String line) {
    return !line.isBlank() && !line.startsWith("\tat ") && !line.startsWith("\t... ");
  }
}
