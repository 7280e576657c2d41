package io.physiowave.quickstart.command;

import java.io.PrintWriter;
import java.time.Duration;

/**
 * One line that shows how the run stands: rewritten in place on a terminal, otherwise written anew
 * now and then. Not safe for use by several threads.
 */
final class StatusLine implements AutoCloseable {
  private static final String CLEAR_TO_END = "\u001b[K";
  private static final long LOG_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final PrintWriter out;
  private final boolean terminal;
  private long written = System.nanoTime() - LOG_EVERY_NANOS;
  private boolean standing;

  StatusLine(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Whether the launcher found a terminal on the standard output. */
  static boolean onTerminal() {
    return Boolean.getBoolean("physiowave.terminal");
  }

  void show(String text) {
    if (terminal) {
      out.print("\r" + text + CLEAR_TO_END);
      standing = true;
    } else if (System.nanoTime() - written >= LOG_EVERY_NANOS) {
      out.println(text);
      written = System.nanoTime();
    }
    out.flush();
  }

  /** Leaves the line standing and goes to the next. */
  @Override
  public void close() {
    if (standing) {
      out.println();
      out.flush();
      standing = false;
    }
  }
}
