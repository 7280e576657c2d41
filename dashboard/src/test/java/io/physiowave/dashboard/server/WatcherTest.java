package io.physiowave.dashboard.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;

class WatcherTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Backlog AMPLE = new Backlog(Long.MAX_VALUE, Set.of());

  @Test
  void followsNoMoreStreamsThanAllowed() {
    Watcher watcher = new Watcher(null, AMPLE);
    assertThat(watcher.watch(IntStream.range(0, 1_000).mapToObj(i -> "stream-" + i).toList()))
        .hasSize(Watcher.MAXIMUM_STREAMS);

    assertThat(IntStream.range(0, 1_000).filter(i -> watcher.watches("stream-" + i)).count())
        .isEqualTo(Watcher.MAXIMUM_STREAMS);
  }

  @Test
  void tellsWhichStreamsAreNewToIt() {
    Watcher watcher = new Watcher(null, AMPLE);

    assertThat(watcher.watch(List.of("a", "b"))).containsExactlyInAnyOrder("a", "b");
    assertThat(watcher.watch(List.of("b", "c"))).containsExactly("c");
    assertThat(watcher.watches("a")).isFalse();
  }

  @Test
  void dropsMessagesForABrowserThatTakesNone() throws Exception {
    withBrowsers(
        List.of(new TakesNothing()),
        AMPLE,
        watchers -> {
          Watcher watcher = watchers.get(0);
          String message = "x".repeat(1_000_000);
          int offers = 100;
          for (int i = 0; i < offers; i++) {
            watcher.offer(message);
          }

          // What the operating system's buffers hold counts as taken; the rest is bounded.
          assertThat(watcher.dropped()).isBetween(offers / 2L, (long) offers);
        });
  }

  @Test
  void sendsAMessageThatIsTooLongForAllButAnIdleBrowser() throws Exception {
    CompletableFuture<Integer> taken = new CompletableFuture<>();
    withBrowsers(
        List.of(new TakesAMessage(taken)),
        AMPLE,
        watchers -> {
          Watcher watcher = watchers.get(0);
          int length = (int) Watcher.MAXIMUM_PENDING + 1;
          watcher.offer("x".repeat(length));

          assertThat(watcher.dropped()).isZero();
          assertThat(taken.get(3, TimeUnit.MINUTES)).isEqualTo(length);
        });
  }

  @Test
  void manyBrowsersThatTakeNothingShareTheRoom() throws Exception {
    int slow = 20;
    long maximum = 10_000_000;
    CompletableFuture<Integer> taken = new CompletableFuture<>();
    List<WebSocket.Listener> browsers = new ArrayList<>();
    for (int i = 0; i < slow; i++) {
      browsers.add(new TakesNothing());
    }
    browsers.add(new TakesAMessage(taken));
    Set<Watcher> served = ConcurrentHashMap.newKeySet();
    withBrowsers(
        browsers,
        new Backlog(maximum, served),
        watchers -> {
          served.addAll(watchers);
          String message = "x".repeat(100_000);
          for (Watcher watcher : watchers.subList(0, slow)) {
            // What the operating system's buffers hold counts as taken.
            for (int i = 0; i < 200; i++) {
              watcher.offer(message);
            }
            watcher.offer("x".repeat(1_000_000));
          }

          assertThat(watchers.stream().mapToLong(Watcher::pending).sum())
              .isPositive()
              .isLessThan(2 * maximum);
          watchers.get(slow).offer(message);
          assertThat(taken.get(3, TimeUnit.MINUTES)).isEqualTo(message.length());
        });
  }

  /** The watchers are in the order of the browsers. */
  private static void withBrowsers(
      List<? extends WebSocket.Listener> browsers,
      Backlog backlog,
      ThrowingConsumer<List<Watcher>> test)
      throws Exception {
    BlockingQueue<Watcher> joined = new LinkedBlockingQueue<>();
    Javalin server =
        Javalin.create(
                config -> {
                  config.jetty.host = "localhost";
                  config.jetty.port = 0;
                  config.routes.ws(
                      "/live",
                      socket ->
                          socket.onConnect(
                              browser -> joined.add(new Watcher(browser.session, backlog))));
                })
            .start();
    try {
      List<Watcher> watchers = new ArrayList<>();
      List<WebSocket> sockets = new ArrayList<>();
      for (WebSocket.Listener browser : browsers) {
        sockets.add(
            CLIENT
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + server.port() + "/live"), browser)
                .get(3, TimeUnit.MINUTES));
        watchers.add(joined.poll(3, TimeUnit.MINUTES));
      }
      test.accept(watchers);
      sockets.forEach(WebSocket::abort);
    } finally {
      server.stop();
    }
  }

  private static final class TakesAMessage implements WebSocket.Listener {
    private final CompletableFuture<Integer> taken;
    private int length;

    TakesAMessage(CompletableFuture<Integer> taken) {
      this.taken = taken;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      length += data.length();
      if (last) {
        taken.complete(length);
      }
      socket.request(1);
      return null;
    }
  }

  private static final class TakesNothing implements WebSocket.Listener {
    @Override
    public void onOpen(WebSocket socket) {
      assertThat(socket.isInputClosed()).isFalse();
    }
  }
}
