package io.physiowave.benchmarks.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A listener that finds out when the gateway follows the topic: it does so only for listeners. */
final class FeedProbe implements WebSocket.Listener {
  private static final int TRIES = 600;
  private static final long STEP_MILLIS = 100;

  private final CountDownLatch heard = new CountDownLatch(1);

  private FeedProbe() {}

  /**
   * Returns when what is said is heard.
   *
   * @param address where a stream is listened to
   * @param say writes a label of that stream
   */
  static void await(HttpClient client, URI address, Runnable say) throws InterruptedException {
    FeedProbe probe = new FeedProbe();
    WebSocket socket = client.newWebSocketBuilder().buildAsync(address, probe).join();
    for (int i = 0; i < TRIES; i++) {
      say.run();
      if (probe.heard.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
        socket.abort();
        return;
      }
    }
    throw new IllegalStateException("no label is heard at " + address + " within a minute");
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    heard.countDown();
    from.request(1);
    return null;
  }
}
