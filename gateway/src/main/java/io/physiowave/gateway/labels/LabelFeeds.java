package io.physiowave.gateway.labels;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** What listeners can hear, each kind from its topic. */
public final class LabelFeeds implements AutoCloseable {
  private final Map<LabelKind, LabelFeed> feeds = new EnumMap<>(LabelKind.class);

  private LabelFeeds() {}

  /**
   * Begins to wait for listeners; reads no topic before there are some.
   *
   * @param bootstrapServers host:port, separated by commas
   * @param topics of every kind
   */
  public static LabelFeeds start(String bootstrapServers, Map<LabelKind, String> topics) {
    LabelFeeds all = new LabelFeeds();
    for (LabelKind kind : LabelKind.values()) {
      all.feeds.put(kind, LabelFeed.start(kind, bootstrapServers, topics.get(kind)));
    }
    return all;
  }

  /** Who listens to a kind. */
  LabelListeners listeners(LabelKind kind) {
    return feeds.get(kind).listeners();
  }

  /** Listeners of all kinds that are connected. */
  public int count() {
    return feeds.values().stream().mapToInt(feed -> feed.listeners().count()).sum();
  }

  /** Whether those who listen to a kind are served; true while nobody does. */
  public boolean isConnected(LabelKind kind) {
    return feeds.get(kind).isConnected();
  }

  /** Does something with those who listen to each kind. */
  public void forEach(BiConsumer<LabelKind, LabelListeners> action) {
    feeds.forEach((kind, feed) -> action.accept(kind, feed.listeners()));
  }

  CompletableFuture<Void> leave() {
    return CompletableFuture.allOf(
        feeds.values().stream()
            .map(feed -> feed.listeners().leave())
            .toArray(CompletableFuture[]::new));
  }

  /** Reads no more; listeners that are still there hear nothing. */
  @Override
  public void close() {
    feeds.values().forEach(LabelFeed::close);
  }
}
