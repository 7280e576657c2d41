package io.physiowave.dashboard.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;

class WatcherTest {

  @Test
  void followsNoMoreStreamsThanAllowed() {
    Watcher watcher = new Watcher(null);
    assertThat(watcher.watch(IntStream.range(0, 1_000).mapToObj(i -> "stream-" + i).toList()))
        .hasSize(Watcher.MAXIMUM_STREAMS);

    assertThat(IntStream.range(0, 1_000).filter(i -> watcher.watches("stream-" + i)).count())
        .isEqualTo(Watcher.MAXIMUM_STREAMS);
  }

  @Test
  void tellsWhichStreamsAreNewToIt() {
    Watcher watcher = new Watcher(null);

    assertThat(watcher.watch(List.of("a", "b"))).containsExactlyInAnyOrder("a", "b");
    assertThat(watcher.watch(List.of("b", "c"))).containsExactly("c");
    assertThat(watcher.watches("a")).isFalse();
  }

  @Test
  void dropsMessagesForABrowserThatTakesNone() throws Exception {
    withBrowser(
        new TakesNothing(),
        watcher -> {
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
    withBrowser(
        new TakesAMessage(taken),
        watcher -> {
          int length = (int) Watcher.MAXIMUM_PENDING + 1;
          watcher.offer("x".repeat(length));

          assertThat(watcher.dropped()).isZero();
          assertThat(taken.get(3, TimeUnit.MINUTES)).isEqualTo(length);
        });
  }

  private static void withBrowser(WebSocket.Listener listener, ThrowingConsumer<Watcher> test)
      throws Exception {
    CompletableFuture<Watcher> joined = new CompletableFuture<>();
    Javalin server =
        Javalin.create(
                config -> {
                  config.jetty.host = "localhost";
                  config.jetty.port = 0;
                  config.routes.ws(
                      "/live",
                      socket ->
                          socket.onConnect(
                              browser -> joined.complete(new Watcher(browser.session))));
                })
            .start();
    try {
      WebSocket browser =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(URI.create("ws://localhost:" + server.port() + "/live"), listener)
              .get(3, TimeUnit.MINUTES);
      test.accept(joined.get(3, TimeUnit.MINUTES));
      browser.abort();
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
