package io.physiowave.streaming.testing;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** Threads by what is in their names, such as the folder of a test that they still write to. */
public final class LeftThreads {
  private LeftThreads() {}

  /** The names of those that live. */
  public static List<String> of(String part) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains(part))
        .toList();
  }

  /** Waits until they have ended. */
  public static void awaitEnd(String part) {
    Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> of(part).isEmpty());
  }
}
