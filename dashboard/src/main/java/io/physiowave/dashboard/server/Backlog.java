package io.physiowave.dashboard.server;

import java.util.Set;

/**
 * What may be on its way to all browsers together, so that many slow ones do not fill the memory:
 * each has its share, and a message that is longer goes while all of them leave room for it.
 *
 * @param maximum characters; at most twice as many wait
 * @param watchers the browsers that are served
 */
record Backlog(long maximum, Set<Watcher> watchers) {
  /** A character is a byte of the message and one of what the socket sends. */
  private static final int SHARE_OF_HEAP = 8;

  /** As much as this process has the memory for. */
  static Backlog ofHeap(Set<Watcher> watchers) {
    return new Backlog(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, watchers);
  }

  /** Characters that may be on their way to one browser. */
  long share() {
    return Math.min(Watcher.MAXIMUM_PENDING, maximum / Math.max(1, watchers.size()));
  }

  /** Whether a message may go that is longer than a browser's share. */
  boolean hasRoomFor(long characters) {
    long pending = watchers.stream().mapToLong(Watcher::pending).sum();
    return pending == 0 || pending + characters <= maximum;
  }
}
