package io.physiowave.benchmarks.endurance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What another Java process still holds after a full collection. Classes of a job that is gone stay
 * until a collection looks at them, which the machine puts off while there is room: without one a
 * leak and an idle collector look alike. The C library keeps what was freed in the same way; it
 * gives that back, too, so that resident memory is memory in use (Linux, Java 17.0.9 or later).
 *
 * @param heapBytes heap in use
 * @param metaspaceBytes classes in memory
 */
record LiveMemory(long heapBytes, long metaspaceBytes) {
  private static final Pattern HEAP = Pattern.compile("heap .*used (\\d+)K");
  private static final Pattern METASPACE = Pattern.compile("Metaspace\\s+used (\\d+)K");
  private static final String TRIM = "System.trim_native_heap";

  /**
   * Collects and asks, with the JDK's {@code jcmd}.
   *
   * @throws IOException when there is no jcmd, or it says something else
   */
  static LiveMemory of(long pid) throws IOException, InterruptedException {
    jcmd(pid, "GC.run");
    if (jcmd(pid, "help").contains(TRIM)) {
      jcmd(pid, TRIM);
    }
    String heap = jcmd(pid, "GC.heap_info");
    return new LiveMemory(kilobytes(HEAP, heap), kilobytes(METASPACE, heap));
  }

  private static long kilobytes(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("jcmd GC.heap_info says nothing like '" + pattern + "': " + text);
    }
    return Long.parseLong(matcher.group(1)) << 10;
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(tool.toString(), Long.toString(pid), command)
            .redirectErrorStream(true)
            .start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("jcmd " + pid + " " + command + " failed: " + answer.strip());
    }
    return answer;
  }
}
