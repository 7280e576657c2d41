package io.physiowave.cluster.command;

import java.io.PrintWriter;
import java.util.Locale;

/** Tells a person who waits what is being done, and how long it took. */
final class Progress {
  private final PrintWriter out;

  Progress(PrintWriter out) {
    this.out = out;
  }

  PrintWriter out() {
    return out;
  }

  /** Says something on a line of its own. */
  void step(String text) {
    out.println(text);
    out.flush();
  }

  /** Says what is done, does it, and says how long it took. */
  void doing(String text, Runnable work) {
    out.print(text + " ... ");
    out.flush();
    long start = System.nanoTime();
    boolean done = false;
    try {
      work.run();
      done = true;
    } finally {
      out.println(
          done
              ? String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9)
              : "failed");
      out.flush();
    }
  }
}
